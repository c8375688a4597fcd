/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* How well sentences are read: scored against tests/data and, where they lie beside the project,
 * against the sets in ../shared/data. Each line is what somebody wrote, when and where, what it is,
 * and by when. What is read wrong is told, line by line. */

#include "promise-reader.h"
#include "said.h"

#include <string.h>

/* The columns that are used */
enum
{
  COLUMN_ID,
  COLUMN_NOW,
  COLUMN_ZONE,
  COLUMN_TEXT,
  COLUMN_KIND,
  COLUMN_DUE,
  COLUMN_TOLERANCE,
  COLUMN_SOURCE,
  N_COLUMNS,
};

#define N_KINDS (ONC_READING_REQUEST + 1)

typedef struct
{
  guint count[N_KINDS][N_KINDS]; /* what it is, and what it was taken for */
  guint due_right;               /* of those whose kind was right and not none */
} Score;

/* Shares from 0 to 1 that have to be reached, but for `false_alarms`, which must not be passed. */
typedef struct
{
  double promise_f1;
  double request_f1;
  double due_right;    /* of those whose kind is right */
  double false_alarms; /* of what is neither promise nor request */
} Bounds;

/* The sentences that the rules were written by: nothing that was once right goes wrong unseen. */
static const Bounds tuned_bounds = { 0.98, 0.985, 0.99, 0.005 };

/* Any others. */
static const Bounds bounds = { 0.97, 0.95, 0.98, 0.02 };

/* Returns: (transfer full): @text with its \n made newlines. */
static char *
unfold_lines (const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\\n", -1);

  return g_strjoinv ("\n", lines);
}

/* Returns: the instant that an ISO 8601 time with an offset names; 0 for none. */
static OncInstant
read_instant (const char *text)
{
  g_autoptr (GDateTime) time = *text != '\0' ? g_date_time_new_from_iso8601 (text, NULL) : NULL;

  g_assert_true (*text == '\0' || time != NULL);
  return time != NULL ? g_date_time_to_unix (time) * ONC_SECOND : 0;
}

static gboolean
is_due_right (OncInstant due, GStrv columns)
{
  OncInstant expected = read_instant (columns[COLUMN_DUE]);
  OncSpan tolerance = g_ascii_strtoll (columns[COLUMN_TOLERANCE], NULL, 10) * ONC_SECOND;

  return (due == 0) == (expected == 0) && ABS (due - expected) <= tolerance;
}

static void
score_line (GStrv columns, const OncHours *hours, Score *score)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (columns[COLUMN_ZONE]);
  g_autofree char *text = unfold_lines (columns[COLUMN_TEXT]);
  OncReadingKind kind;
  OncWhenContext context;
  OncReading reading;
  gboolean right;

  g_assert_nonnull (zone);
  g_assert_true (onc_reading_kind_from_string (columns[COLUMN_KIND], &kind));
  context = onc_said_context (zone, hours);
  onc_promise_reader_read (text, -1, read_instant (columns[COLUMN_NOW]), &context, &reading);

  right = reading.kind == kind && (kind == ONC_READING_NONE || is_due_right (reading.due, columns));
  score->count[kind][reading.kind]++;
  if (right && kind != ONC_READING_NONE)
    score->due_right++;
  if (!right)
    g_test_message (
        "%s is a %s for %s and was read as %s: %.300s", columns[COLUMN_ID], columns[COLUMN_KIND],
        columns[COLUMN_DUE][0] != '\0' ? columns[COLUMN_DUE] : "no time",
        reading.kind == kind ? "one for another time" : onc_reading_kind_to_string (reading.kind),
        columns[COLUMN_TEXT]);
}

/* Scores the lines of @path whose source begins with @source. */
static Score
score_file (const char *path, const char *source)
{
  g_autoptr (OncHours) hours = onc_hours_new_from_string ("Mon-Fri 09:00-17:00", NULL);
  g_autoptr (GError) local_error = NULL;
  g_autofree char *contents = NULL;
  g_auto (GStrv) lines = NULL;
  Score score = { 0 };

  g_file_get_contents (path, &contents, NULL, &local_error);
  g_assert_no_error (local_error);
  lines = g_strsplit (contents, "\n", -1);
  for (guint i = 1; lines[i] != NULL && lines[i][0] != '\0'; i++)
    {
      g_auto (GStrv) columns = g_strsplit (lines[i], "\t", -1);

      g_assert_cmpuint (g_strv_length (columns), >=, N_COLUMNS);
      if (g_str_has_prefix (columns[COLUMN_SOURCE], source))
        score_line (columns, hours, &score);
    }
  return score;
}

static double
share (guint part, guint whole)
{
  return whole > 0 ? (double) part / whole : 1.0;
}

/* Returns: the harmonic mean of precision and recall. */
static double
f1 (const Score *score, OncReadingKind kind)
{
  guint expected = 0, read = 0;

  for (guint other = 0; other < N_KINDS; other++)
    {
      expected += score->count[kind][other];
      read += score->count[other][kind];
    }
  return share (2 * score->count[kind][kind], expected + read);
}

static double
false_alarms (const Score *score)
{
  const guint *none = score->count[ONC_READING_NONE];
  guint fired = none[ONC_READING_PROMISE] + none[ONC_READING_REQUEST];

  return share (fired, fired + none[ONC_READING_NONE]);
}

static void
check (const char *path, const Bounds *wanted)
{
  Score score = score_file (path, "");
  double promise_f1 = f1 (&score, ONC_READING_PROMISE);
  double request_f1 = f1 (&score, ONC_READING_REQUEST);
  double due_right = share (score.due_right,
                            score.count[ONC_READING_PROMISE][ONC_READING_PROMISE] +
                                score.count[ONC_READING_REQUEST][ONC_READING_REQUEST]);

  g_test_message ("promise F1 %.3f, request F1 %.3f, due right %.3f, false alarms %.3f", promise_f1,
                  request_f1, due_right, false_alarms (&score));
  g_assert_cmpfloat (promise_f1, >=, wanted->promise_f1);
  g_assert_cmpfloat (request_f1, >=, wanted->request_f1);
  g_assert_cmpfloat (due_right, >=, wanted->due_right);
  g_assert_cmpfloat (false_alarms (&score), <=, wanted->false_alarms);
}

static void
test_own_sentences_are_read (gconstpointer user_data)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", user_data, NULL);

  check (path, g_str_has_suffix (path, "-tuned.tsv") ? &tuned_bounds : &bounds);
}

static void
test_shared_sentences_are_read (gconstpointer user_data)
{
  check (user_data, &bounds);
}

static void
test_status_pages_are_read (gconstpointer user_data)
{
  Score all = score_file (user_data, "");
  Score github = score_file (user_data, "github");
  const guint *promises = all.count[ONC_READING_PROMISE];
  const guint *github_promises = github.count[ONC_READING_PROMISE];
  guint n_promises = promises[0] + promises[1] + promises[2];
  guint n_github = github_promises[0] + github_promises[1] + github_promises[2];

  g_test_message ("right due %u of %u, GitHub's %u of %u, false alarms %.4f", all.due_right,
                  n_promises, github.due_right, n_github, false_alarms (&all));
  g_assert_cmpfloat (share (all.due_right, n_promises), >=, 0.98);
  g_assert_cmpfloat (share (github.due_right, n_github), >=, 0.95);
  g_assert_cmpfloat (false_alarms (&all), <=, 0.01);
}

/* Adds the test @function of @name in the directory of the shared sets. Returns: FALSE when there
 * is no such set. */
static gboolean
add_shared (const char *name, const char *test, GTestDataFunc function)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "..", "..", "shared", "data", name,
                                                 NULL);

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    return FALSE;
  g_test_add_data_func_full (test, g_steal_pointer (&path), function, g_free);
  return TRUE;
}

int
main (int argc, char **argv)
{
  gboolean shared;

  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/promise-sets/sentences that the rules were written by are read",
                        "promises-tuned.tsv", test_own_sentences_are_read);
  g_test_add_data_func ("/promise-sets/sentences that were kept aside are read",
                        "promises-aside.tsv", test_own_sentences_are_read);
  shared = add_shared ("promises-dev.tsv", "/promise-sets/sentences of others are read",
                       test_shared_sentences_are_read);
  shared &= add_shared ("promises-statuspages.tsv", "/promise-sets/status pages are read",
                        test_status_pages_are_read);
  if (!shared)
    g_print ("# ../shared/data is not there: only the project's own sentences are scored\n");
  return g_test_run ();
}
