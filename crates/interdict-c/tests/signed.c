/* Loads a signed artifact as a service would, from a file and from memory, and says what came of it.
 *
 *   signed MATCHER KEY-FILE LEAST-VERSION
 *
 * Writes a line for each way: the status, then the version or the reason. A file that holds no key is
 * handed over all the same.
 */
#include <interdict.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The bytes of a file with a NUL behind them; none if there is no such file. */
static char *read(const char *path, size_t *length) {
  FILE *file = fopen(path, "rb");
  char *bytes = calloc(1, 1 << 20);
  *length = 0;
  if (file && bytes) {
    *length = fread(bytes, 1, (1 << 20) - 1, file);
    fclose(file);
  }
  return bytes;
}

static void say(InterdictStatus status, InterdictMatcher *matcher, InterdictText *reason) {
  printf("%s: ", interdict_status_name(status));
  if (status == INTERDICT_STATUS_OK) {
    printf("%" PRIu64 "\n", interdict_release_version(matcher));
  } else {
    printf("%s\n", interdict_text_data(reason));
  }
  interdict_text_free(reason);
  interdict_matcher_free(matcher);
}

int main(int count, char **arguments) {
  if (count != 4) {
    return 2;
  }
  InterdictMatcher *matcher = NULL;
  InterdictText *reason = NULL;
  size_t length, signature_length, key_length;
  char beside[4096];
  snprintf(beside, sizeof beside, "%s.minisig", arguments[1]);
  char *bytes = read(arguments[1], &length);
  char *signature = read(beside, &signature_length);
  char *raw = read(arguments[2], &key_length);
  uint64_t least = strtoull(arguments[3], NULL, 10);

  InterdictText *read_key = NULL;
  InterdictStatus status = interdict_read_public_key(arguments[2], &read_key);
  const char *key = status == INTERDICT_STATUS_OK ? interdict_text_data(read_key) : raw;
  status = interdict_open_signed(arguments[1], key, least, &matcher, &reason);
  say(status, matcher, reason);
  status = interdict_from_signed_bytes((const uint8_t *)bytes, length, (const uint8_t *)signature,
                                       signature_length, key, least, &matcher, &reason);
  say(status, matcher, reason);
  free(bytes);
  free(signature);
  free(raw);
  interdict_text_free(read_key);
  return 0;
}
