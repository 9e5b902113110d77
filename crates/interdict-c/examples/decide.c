/* Decides the requests on standard input, one a line, and writes what came of each.
 *
 *   cc decide.c $(pkg-config --cflags --libs interdict) -o decide
 *   ./decide rules.matcher [AT] < items.jsonl
 */
#define _POSIX_C_SOURCE 200809L
#include <interdict.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/types.h>

/* Says what went wrong and gives the text back. */
static int failed(const char *what, InterdictStatus status, InterdictText *reason) {
  const char *text = interdict_text_data(reason);
  fprintf(stderr, "%s: %s: %s\n", what, interdict_status_name(status), text ? text : "no reason");
  interdict_text_free(reason);
  return 2;
}

int main(int count, char **arguments) {
  if (count < 2) {
    fprintf(stderr, "usage: %s MATCHER [AT]\n", arguments[0]);
    return 2;
  }
  InterdictMatcher *matcher = NULL;
  InterdictText *reason = NULL;
  InterdictStatus status = interdict_open(arguments[1], NULL, &matcher, &reason);
  if (status != INTERDICT_STATUS_OK) {
    return failed(arguments[1], status, reason);
  }
  InterdictScratch *scratch = NULL;
  status = interdict_scratch_new(&scratch);
  if (status != INTERDICT_STATUS_OK) {
    return failed("scratch", status, NULL);
  }

  const char *at = count > 2 ? arguments[2] : NULL;
  char *line = NULL;
  size_t room = 0;
  ssize_t length;
  int bad = 0;
  while ((length = getline(&line, &room, stdin)) >= 0) {
    if (length > 0 && line[length - 1] == '\n') {
      length--;
    }
    InterdictText *answer = NULL;
    status = interdict_decide(matcher, scratch, (const uint8_t *)line, (size_t)length, at, NULL, &answer);
    if (status != INTERDICT_STATUS_OK) {
      printf("error: ");
      bad = 1;
    }
    fwrite(interdict_text_data(answer), 1, interdict_text_len(answer), stdout);
    putchar('\n');
    interdict_text_free(answer);
  }

  free(line);
  interdict_scratch_free(scratch);
  interdict_matcher_free(matcher);
  return bad;
}
