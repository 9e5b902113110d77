/* Whatever is handed over, a status comes back.
 *
 *   misuse MATCHER        what is defined to be refused
 *   misuse MATCHER freed  handles that were freed too, which reads memory that is not ours any more
 */
#include <interdict.h>
#include <stdio.h>
#include <string.h>

static int wrong = 0;

#define EXPECT(status, wanted)                                                                     \
  do {                                                                                             \
    InterdictStatus found = (status);                                                              \
    if (found != (wanted)) {                                                                       \
      printf("%d: %s is `%s`, not `%s`\n", __LINE__, #status, interdict_status_name(found),        \
             interdict_status_name(wanted));                                                       \
      wrong = 1;                                                                                   \
    }                                                                                              \
  } while (0)

/* The call has a reason, and the reason says so. */
#define REASON(part)                                                                               \
  do {                                                                                             \
    if (!reason || !strstr(interdict_text_data(reason), part)) {                                   \
      printf("%d: `%s` does not say `%s`\n", __LINE__, reason ? interdict_text_data(reason) : "",  \
             part);                                                                                \
      wrong = 1;                                                                                   \
    }                                                                                              \
    interdict_text_free(reason);                                                                   \
    reason = NULL;                                                                                 \
  } while (0)

static const char JSON[] = "{\"title\": \"x\"}";
#define BYTES ((const uint8_t *)JSON)
#define LEN (sizeof JSON - 1)
#define AT "2018-04-18T12:00:00+08:00"

static void loading(const char *path) {
  InterdictMatcher *matcher = (InterdictMatcher *)JSON;
  InterdictText *reason = NULL;
  char other[65];
  memset(other, '0', 64);
  other[64] = 0;
  EXPECT(interdict_open(NULL, NULL, &matcher, &reason), INTERDICT_STATUS_NULL_POINTER);
  if (matcher) {
    printf("%d: a failed call leaves something in its result\n", __LINE__);
    wrong = 1;
  }
  REASON("`path` is NULL");
  EXPECT(interdict_open(path, NULL, NULL, &reason), INTERDICT_STATUS_NULL_POINTER);
  REASON("`matcher` is NULL");
  EXPECT(interdict_open(path, NULL, NULL, NULL), INTERDICT_STATUS_NULL_POINTER);
  EXPECT(interdict_open("no such file", NULL, &matcher, &reason), INTERDICT_STATUS_NOT_LOADED);
  REASON("cannot read the artifact");
  EXPECT(interdict_open("\xff", NULL, &matcher, &reason), INTERDICT_STATUS_NOT_UTF8);
  REASON("utf-8");
  EXPECT(interdict_open(path, other, &matcher, &reason), INTERDICT_STATUS_OTHER_CONTENT);
  REASON("the artifact's content id is");
  EXPECT(interdict_from_bytes(BYTES, LEN, NULL, &matcher, &reason), INTERDICT_STATUS_NOT_LOADED);
  REASON("not a compiled policy");
  EXPECT(interdict_from_bytes(NULL, 8, NULL, &matcher, &reason), INTERDICT_STATUS_NULL_POINTER);
  REASON("`bytes` is NULL");
  EXPECT(interdict_from_bytes(BYTES, SIZE_MAX, NULL, &matcher, &reason),
         INTERDICT_STATUS_BAD_LENGTH);
  REASON("`bytes` cannot have");
}

static void trusting(const char *path) {
  InterdictMatcher *matcher = NULL;
  InterdictText *reason = NULL;
  EXPECT(interdict_open_signed(path, NULL, 0, &matcher, &reason), INTERDICT_STATUS_NULL_POINTER);
  REASON("`public_key` is NULL");
  EXPECT(interdict_open_signed(NULL, "", 0, &matcher, &reason), INTERDICT_STATUS_NULL_POINTER);
  REASON("`path` is NULL");
  EXPECT(interdict_open_signed(path, "", 0, &matcher, &reason), INTERDICT_STATUS_BAD_KEY);
  REASON("the text holds none");
  EXPECT(interdict_open_signed(path, "\xff", 0, &matcher, &reason), INTERDICT_STATUS_NOT_UTF8);
  REASON("utf-8");
  EXPECT(interdict_open_signed(path, "", 0, NULL, &reason), INTERDICT_STATUS_NULL_POINTER);
  REASON("`matcher` is NULL");
  EXPECT(interdict_from_signed_bytes(BYTES, LEN, NULL, 8, "", 0, &matcher, &reason),
         INTERDICT_STATUS_NULL_POINTER);
  REASON("`signature` is NULL");
  EXPECT(interdict_from_signed_bytes(BYTES, LEN, BYTES, SIZE_MAX, "", 0, &matcher, &reason),
         INTERDICT_STATUS_BAD_LENGTH);
  REASON("`signature` cannot have");
  EXPECT(interdict_read_public_key(NULL, &reason), INTERDICT_STATUS_NULL_POINTER);
  REASON("`path` is NULL");
  EXPECT(interdict_read_public_key("no such file", &reason), INTERDICT_STATUS_BAD_KEY);
  REASON("cannot read `no such file`");
  EXPECT(interdict_read_public_key(path, &reason), INTERDICT_STATUS_BAD_KEY);
  REASON("");
  if (interdict_release_version(NULL)) {
    printf("%d: something comes of nothing\n", __LINE__);
    wrong = 1;
  }
}

static void deciding(InterdictMatcher *matcher) {
  InterdictText *reason = NULL;
  InterdictVerdict verdict = INTERDICT_VERDICT_BAN;
  EXPECT(interdict_decide(NULL, NULL, BYTES, LEN, AT, NULL, &reason),
         INTERDICT_STATUS_NULL_POINTER);
  REASON("`matcher` is NULL");
  EXPECT(interdict_decide(matcher, NULL, NULL, LEN, AT, NULL, &reason),
         INTERDICT_STATUS_NULL_POINTER);
  REASON("`json` is NULL");
  EXPECT(interdict_decide(matcher, NULL, BYTES, LEN, AT, NULL, NULL), INTERDICT_STATUS_NULL_POINTER);
  EXPECT(interdict_decide(matcher, NULL, BYTES, SIZE_MAX, AT, NULL, &reason),
         INTERDICT_STATUS_BAD_LENGTH);
  REASON("`json` cannot have");
  EXPECT(interdict_decide(matcher, NULL, BYTES, LEN - 1, AT, NULL, &reason),
         INTERDICT_STATUS_BAD_REQUEST);
  REASON("not JSON");
  EXPECT(interdict_decide(matcher, NULL, (const uint8_t *)"{\"title\": \"\xff\"}", 14, AT, NULL,
                          &reason),
         INTERDICT_STATUS_BAD_REQUEST);
  REASON("not JSON");
  EXPECT(interdict_decide(matcher, NULL, BYTES, LEN, NULL, NULL, &reason),
         INTERDICT_STATUS_BAD_REQUEST);
  REASON("no instant");
  EXPECT(interdict_decide(matcher, NULL, BYTES, LEN, "today", NULL, &reason),
         INTERDICT_STATUS_BAD_REQUEST);
  REASON("at: `today` is not an instant");
  EXPECT(interdict_decide(matcher, NULL, BYTES, LEN, AT, "\xff", &reason),
         INTERDICT_STATUS_NOT_UTF8);
  REASON("utf-8");
  EXPECT(interdict_verdict(matcher, NULL, BYTES, LEN, AT, NULL, NULL, &reason),
         INTERDICT_STATUS_NULL_POINTER);
  REASON("`verdict` is NULL");
  EXPECT(interdict_verdict(matcher, NULL, BYTES, LEN, AT, NULL, &verdict, NULL), INTERDICT_STATUS_OK);
  if (verdict != INTERDICT_VERDICT_ALLOW) {
    printf("%d: verdict %d\n", __LINE__, verdict);
    wrong = 1;
  }
  EXPECT(interdict_explain(matcher, BYTES, LEN, AT, NULL, &reason), INTERDICT_STATUS_OK);
  REASON("{\"verdict\":\"allow\"");
  EXPECT(interdict_decide_batch(matcher, NULL, NULL, 0, AT, NULL, &reason), INTERDICT_STATUS_OK);
  if (interdict_text_len(reason)) {
    printf("%d: no lines have answers\n", __LINE__);
    wrong = 1;
  }
  interdict_text_free(reason);
  EXPECT(interdict_instant(1524024000, &reason), INTERDICT_STATUS_OK);
  REASON("2018-04-18T04:00:00Z");
}

static void handles(InterdictMatcher *matcher) {
  InterdictText *reason = NULL;
  uint64_t nothing[4] = {0, 0, 0, 0};
  InterdictScratch *scratch = (InterdictScratch *)(void *)matcher;
  EXPECT(interdict_decide(matcher, scratch, BYTES, LEN, AT, NULL, &reason),
         INTERDICT_STATUS_BAD_HANDLE);
  REASON("this is no scratch");
  EXPECT(interdict_scratch_free(scratch), INTERDICT_STATUS_BAD_HANDLE);
  EXPECT(interdict_matcher_free((InterdictMatcher *)(void *)nothing), INTERDICT_STATUS_BAD_HANDLE);
  EXPECT(interdict_matcher_free((InterdictMatcher *)((char *)matcher + 1)),
         INTERDICT_STATUS_BAD_HANDLE);
  EXPECT(interdict_matcher_free(NULL), INTERDICT_STATUS_OK);
  EXPECT(interdict_scratch_free(NULL), INTERDICT_STATUS_OK);
  EXPECT(interdict_text_free(NULL), INTERDICT_STATUS_OK);
  EXPECT(interdict_scratch_new(NULL), INTERDICT_STATUS_NULL_POINTER);
  if (interdict_content_id(NULL) || interdict_text_data(NULL) || interdict_text_len(NULL) ||
      strcmp(interdict_status_name(99), "unknown")) {
    printf("%d: something comes of nothing\n", __LINE__);
    wrong = 1;
  }
}

static void freed(InterdictMatcher *matcher) {
  InterdictText *reason = NULL;
  InterdictScratch *scratch = NULL;
  EXPECT(interdict_scratch_new(&scratch), INTERDICT_STATUS_OK);
  EXPECT(interdict_scratch_free(scratch), INTERDICT_STATUS_OK);
  EXPECT(interdict_scratch_free(scratch), INTERDICT_STATUS_BAD_HANDLE);
  EXPECT(interdict_matcher_free(matcher), INTERDICT_STATUS_OK);
  EXPECT(interdict_matcher_free(matcher), INTERDICT_STATUS_BAD_HANDLE);
  EXPECT(interdict_decide(matcher, NULL, BYTES, LEN, AT, NULL, &reason),
         INTERDICT_STATUS_BAD_HANDLE);
  REASON("or it was freed");
}

int main(int count, char **arguments) {
  InterdictMatcher *matcher = NULL, *same = NULL;
  loading(arguments[1]);
  trusting(arguments[1]);
  EXPECT(interdict_open(arguments[1], NULL, &matcher, NULL), INTERDICT_STATUS_OK);
  EXPECT(interdict_open(arguments[1], interdict_content_id(matcher), &same, NULL),
         INTERDICT_STATUS_OK);
  EXPECT(interdict_matcher_free(same), INTERDICT_STATUS_OK);
  deciding(matcher);
  handles(matcher);
  if (count > 2) {
    freed(matcher);
  } else {
    EXPECT(interdict_matcher_free(matcher), INTERDICT_STATUS_OK);
  }
  return wrong;
}
