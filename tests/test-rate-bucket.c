/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "rate-bucket.h"

#define START  (1000 * G_TIME_SPAN_HOUR)
#define SECOND G_TIME_SPAN_SECOND

/* Returns: how many calls @self allows from @now on until @end. */
static guint
count_calls (OncRateBucket *self, gint64 now, gint64 end)
{
  guint n_calls = 0;

  while (now < end && n_calls < 10000)
    {
      gint64 next = onc_rate_bucket_take (self, now);

      n_calls += next == 0;
      g_assert_true (next == 0 || next > now);
      now = MAX (now, next);
    }

  return n_calls;
}

static void
test_reading_is_free_until_slack_asks_to_wait (void)
{
  OncRateBucket bucket;

  onc_rate_bucket_init (&bucket, "conversations.replies", START);
  g_assert_false (onc_rate_bucket_is_paced (&bucket, START));
  g_assert_cmpuint (count_calls (&bucket, START, START + 1), ==, 10000);
}

static void
test_no_call_comes_before_slack_allows_it (void)
{
  OncRateBucket bucket;

  onc_rate_bucket_init (&bucket, "conversations.replies", START);
  onc_rate_bucket_block (&bucket, START, 30 * SECOND);
  g_assert_cmpint (onc_rate_bucket_take (&bucket, START), ==, START + 30 * SECOND);
  g_assert_cmpint (onc_rate_bucket_take (&bucket, START + 30 * SECOND - 1), ==,
                   START + 30 * SECOND);
  g_assert_cmpint (onc_rate_bucket_take (&bucket, START + 30 * SECOND), ==, 0);
}

static void
test_a_shorter_wait_does_not_cut_a_longer_one (void)
{
  OncRateBucket bucket;

  onc_rate_bucket_init (&bucket, "users.info", START);
  onc_rate_bucket_block (&bucket, START, 30 * SECOND);
  onc_rate_bucket_block (&bucket, START + SECOND, SECOND);
  g_assert_cmpint (onc_rate_bucket_take (&bucket, START + 2 * SECOND), ==, START + 30 * SECOND);
}

static void
test_the_tiers_pace_is_kept_for_a_while_afterwards (void)
{
  const gint64 resumed = START + 30 * SECOND;
  OncRateBucket bucket;

  onc_rate_bucket_init (&bucket, "conversations.replies", START);
  onc_rate_bucket_block (&bucket, START, 30 * SECOND);
  /* The first at once, then 50 a minute */
  g_assert_cmpuint (count_calls (&bucket, resumed, resumed + 60 * SECOND), ==, 50);
  g_assert_true (onc_rate_bucket_is_paced (&bucket, resumed + 60 * SECOND));
  g_assert_false (onc_rate_bucket_is_paced (&bucket, resumed + 300 * SECOND));
  g_assert_cmpuint (count_calls (&bucket, resumed + 300 * SECOND, resumed + 300 * SECOND + 1), ==,
                    10000);
}

static void
test_writing_keeps_its_pace_always (void)
{
  OncRateBucket bucket;

  onc_rate_bucket_init (&bucket, "chat.postMessage", START);
  /* The burst, then one a second */
  g_assert_cmpuint (count_calls (&bucket, START, START + 1), ==, 5);
  g_assert_cmpuint (count_calls (&bucket, START + 1, START + 10 * SECOND), ==, 9);
  g_assert_true (onc_rate_bucket_is_paced (&bucket, START + 24 * G_TIME_SPAN_HOUR));
  g_assert_cmpuint (count_calls (&bucket, START + G_TIME_SPAN_HOUR, START + G_TIME_SPAN_HOUR + 1),
                    ==, 5);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(sentence, function) g_test_add_func ("/rate-bucket/" sentence, function)
  ADD ("reading is free until Slack asks to wait", test_reading_is_free_until_slack_asks_to_wait);
  ADD ("no call comes before Slack allows it", test_no_call_comes_before_slack_allows_it);
  ADD ("a shorter wait does not cut a longer one", test_a_shorter_wait_does_not_cut_a_longer_one);
  ADD ("the tier's pace is kept for a while afterwards",
       test_the_tiers_pace_is_kept_for_a_while_afterwards);
  ADD ("writing keeps its pace always", test_writing_keeps_its_pace_always);
#undef ADD
  return g_test_run ();
}
