/* The C ABI of the Interdict matcher. Written by cbindgen from crates/interdict-c: do not edit.
 *
 * Strings that go in are UTF-8 and end with a NUL; requests and artifacts come with a length. What the
 * library gives is freed by the library. A matcher may be used by many threads at once, a scratch
 * by one at a time, and nothing is global. NULL, a handle of another kind and, as long as its memory
 * was not used again, one that was freed are answered by a status. A handle must not be freed while
 * another thread uses it.
 */

#ifndef INTERDICT_H
#define INTERDICT_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

/**
 * What a call came to.
 */
typedef enum InterdictStatus {
  /**
   * It worked.
   */
  INTERDICT_STATUS_OK = 0,
  /**
   * A pointer that is needed is NULL.
   */
  INTERDICT_STATUS_NULL_POINTER = 1,
  /**
   * A handle is none of this kind: it was freed, or belongs to something else.
   */
  INTERDICT_STATUS_BAD_HANDLE = 2,
  /**
   * A length is larger than any memory.
   */
  INTERDICT_STATUS_BAD_LENGTH = 3,
  /**
   * A path, an instant, a content id or a key is not UTF-8.
   */
  INTERDICT_STATUS_NOT_UTF8 = 4,
  /**
   * The artifact cannot be read or is not sound.
   */
  INTERDICT_STATUS_NOT_LOADED = 5,
  /**
   * The artifact is sound, but its content id is another one.
   */
  INTERDICT_STATUS_OTHER_CONTENT = 6,
  /**
   * The request or an instant cannot be read, or there is no instant.
   */
  INTERDICT_STATUS_BAD_REQUEST = 7,
  /**
   * Another thread is using this scratch.
   */
  INTERDICT_STATUS_BUSY = 8,
  /**
   * The library failed; the call had no effect.
   */
  INTERDICT_STATUS_INTERNAL = 9,
  /**
   * A signature is asked for, and there is none.
   */
  INTERDICT_STATUS_UNSIGNED = 10,
  /**
   * No trusted key signed this artifact: another did, it was changed, or the signature is none.
   */
  INTERDICT_STATUS_UNTRUSTED = 11,
  /**
   * It is signed, as a version before the least that is accepted.
   */
  INTERDICT_STATUS_OLDER = 12,
  /**
   * What should say whose signatures count is no public key of minisign.
   */
  INTERDICT_STATUS_BAD_KEY = 13,
} InterdictStatus;

/**
 * What holds for an item, from the loosest to the strictest.
 */
typedef enum InterdictVerdict {
  /**
   * Nothing stands against it.
   */
  INTERDICT_VERDICT_ALLOW = 0,
  /**
   * Allowed once a duty is met.
   */
  INTERDICT_VERDICT_REQUIRE = 1,
  /**
   * Allowed only under a condition that it does not meet.
   */
  INTERDICT_VERDICT_RESTRICT = 2,
  /**
   * A person must look.
   */
  INTERDICT_VERDICT_REVIEW = 3,
  /**
   * Prohibited.
   */
  INTERDICT_VERDICT_BAN = 4,
} InterdictVerdict;

/**
 * A compiled policy set, loaded. Any number of threads may use it at once.
 */
typedef struct InterdictMatcher InterdictMatcher;

/**
 * Memory that decisions warm and reuse. One thread at a time.
 */
typedef struct InterdictScratch InterdictScratch;

/**
 * A text of the library: an answer, or why there is none.
 */
typedef struct InterdictText InterdictText;

#ifdef __cplusplus
extern "C" {
#endif // __cplusplus

/**
 * The version of the library.
 */
const char *interdict_version(void);

/**
 * A status in words, for logs.
 */
const char *interdict_status_name(int32_t status);

/**
 * Maps an artifact from a file. With a content id, 64 hexadecimal digits, another content is
 * refused; NULL takes any. The file must not be changed in place while the matcher lives.
 *
 * # Safety
 *
 * `path` and `content_id` are NULL or end with a NUL; `matcher` and `reason` are NULL or take a pointer.
 */
enum InterdictStatus interdict_open(const char *path,
                                    const char *content_id,
                                    struct InterdictMatcher **matcher,
                                    struct InterdictText **reason);

/**
 * Loads an artifact from memory, which is copied. The content id is as for `interdict_open`.
 *
 * # Safety
 *
 * `bytes` is NULL or leads to `len` bytes; the rest is as for `interdict_open`.
 */
enum InterdictStatus interdict_from_bytes(const uint8_t *bytes,
                                          size_t len,
                                          const char *content_id,
                                          struct InterdictMatcher **matcher,
                                          struct InterdictText **reason);

/**
 * The content id of a matcher, 64 hexadecimal digits, which live as long as it; NULL if it is none.
 *
 * # Safety
 *
 * `matcher` is NULL or a matcher of this library.
 */
const char *interdict_content_id(const struct InterdictMatcher *matcher);

/**
 * Frees a matcher; NULL is nothing to free.
 *
 * # Safety
 *
 * `matcher` is NULL or a matcher of this library that nobody uses any more.
 */
enum InterdictStatus interdict_matcher_free(struct InterdictMatcher *matcher);

/**
 * Makes memory that decisions of one thread reuse.
 *
 * # Safety
 *
 * `scratch` is NULL or takes a pointer.
 */
enum InterdictStatus interdict_scratch_new(struct InterdictScratch **scratch);

/**
 * Frees memory of decisions; NULL is nothing to free.
 *
 * # Safety
 *
 * `scratch` is NULL or a scratch of this library that nobody uses any more.
 */
enum InterdictStatus interdict_scratch_free(struct InterdictScratch *scratch);

/**
 * Decides a request, JSON such as `{"at": "...", "item": {...}}` or a bare item, and gives the
 * decision as JSON. `at` and `known_at` are for requests that bring none; `scratch` may be NULL.
 * Where the status is not OK, the answer is the reason.
 *
 * # Safety
 *
 * `json` is NULL or leads to `len` bytes, `at` and `known_at` are NULL or end with a NUL, handles are
 * NULL or of this library, and `answer` is NULL or takes a pointer.
 */
enum InterdictStatus interdict_decide(const struct InterdictMatcher *matcher,
                                      struct InterdictScratch *scratch,
                                      const uint8_t *json,
                                      size_t len,
                                      const char *at,
                                      const char *known_at,
                                      struct InterdictText **answer);

/**
 * Decides a request a line, as `interdict_decide`, and gives a line for each: the decision, or
 * `{"error":"..."}` for one that cannot be read.
 *
 * # Safety
 *
 * As for `interdict_decide`.
 */
enum InterdictStatus interdict_decide_batch(const struct InterdictMatcher *matcher,
                                            struct InterdictScratch *scratch,
                                            const uint8_t *lines,
                                            size_t len,
                                            const char *at,
                                            const char *known_at,
                                            struct InterdictText **answers);

/**
 * The verdict on a request alone, which is cheaper than the decision.
 *
 * # Safety
 *
 * `verdict` is NULL or takes a verdict; the rest is as for `interdict_decide`.
 */
enum InterdictStatus interdict_verdict(const struct InterdictMatcher *matcher,
                                       struct InterdictScratch *scratch,
                                       const uint8_t *json,
                                       size_t len,
                                       const char *at,
                                       const char *known_at,
                                       enum InterdictVerdict *verdict,
                                       struct InterdictText **reason);

/**
 * Says of every rule why it holds for a request, or why not, as JSON; for people who look at one item.
 *
 * # Safety
 *
 * As for `interdict_decide`.
 */
enum InterdictStatus interdict_explain(const struct InterdictMatcher *matcher,
                                       const uint8_t *json,
                                       size_t len,
                                       const char *at,
                                       const char *known_at,
                                       struct InterdictText **answer);

/**
 * So many seconds after 1970-01-01T00:00Z as the text that `at` and `known_at` take.
 *
 * # Safety
 *
 * `instant` is NULL or takes a pointer.
 */
enum InterdictStatus interdict_instant(int64_t seconds, struct InterdictText **instant);

/**
 * The bytes of a text, UTF-8 with a NUL behind them, which live as long as it; NULL if it is none.
 *
 * # Safety
 *
 * `text` is NULL or a text of this library.
 */
const char *interdict_text_data(const struct InterdictText *text);

/**
 * How many bytes a text has without its NUL; 0 if it is none.
 *
 * # Safety
 *
 * `text` is NULL or a text of this library.
 */
size_t interdict_text_len(const struct InterdictText *text);

/**
 * Frees a text; NULL is nothing to free.
 *
 * # Safety
 *
 * `text` is NULL or a text of this library that nobody uses any more.
 */
enum InterdictStatus interdict_text_free(struct InterdictText *text);

/**
 * Loads an artifact from a file, if the signature beside it, `X.matcher.minisig` beside `X.matcher`, is
 * by a public key and its version is not before the least. The key is the text of a file that
 * minisign writes, or of several such files. Unlike `interdict_open` it reads the file whole: what was
 * verified is what is loaded.
 *
 * # Safety
 *
 * `path` and `public_key` are NULL or end with a NUL; `matcher` and `reason` are NULL or take a pointer.
 */
enum InterdictStatus interdict_open_signed(const char *path,
                                           const char *public_key,
                                           uint64_t least_version,
                                           struct InterdictMatcher **matcher,
                                           struct InterdictText **reason);

/**
 * Loads an artifact from memory, which is copied, if the text of its signature is by a public key; the
 * rest is as for `interdict_open_signed`.
 *
 * # Safety
 *
 * `bytes` is NULL or leads to `len` bytes, `signature` is NULL or leads to `signature_len`; the rest is as
 * for `interdict_open_signed`.
 */
enum InterdictStatus interdict_from_signed_bytes(const uint8_t *bytes,
                                                 size_t len,
                                                 const uint8_t *signature,
                                                 size_t signature_len,
                                                 const char *public_key,
                                                 uint64_t least_version,
                                                 struct InterdictMatcher **matcher,
                                                 struct InterdictText **reason);

/**
 * The version that the signature of a matcher names: the least to accept from now on. 0 if it names
 * none, if nobody asked for a signature, and if it is no matcher.
 *
 * # Safety
 *
 * `matcher` is NULL or a matcher of this library.
 */
uint64_t interdict_release_version(const struct InterdictMatcher *matcher);

/**
 * Reads the file of a public key, to be given to `interdict_open_signed`; a file without one is
 * refused. Where the status is not OK, the answer is the reason.
 *
 * # Safety
 *
 * `path` is NULL or ends with a NUL; `answer` is NULL or takes a pointer.
 */
enum InterdictStatus interdict_read_public_key(const char *path, struct InterdictText **answer);

#ifdef __cplusplus
}  // extern "C"
#endif  // __cplusplus

#endif  /* INTERDICT_H */
