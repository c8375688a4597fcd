/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "rate-bucket.h"

/* After Slack has asked to wait. Its windows are a minute long; a few of them without another
 * request to wait show that the rush is over. */
#define PACED_SPAN (5 * G_TIME_SPAN_MINUTE)

/* Calls a minute, from the reference of the methods: tiers 2 to 4. Tier 1 is for none of ours. */
#define TIER_2 20
#define TIER_3 50
#define TIER_4 100

static const struct
{
  const char *method;
  guint per_minute;
  guint burst;
  gboolean writes;
} limits[] = {
  /* One a second and channel, says its reference; bursts are tolerated */
  { "chat.postMessage", 60, 5, TRUE },
  { "conversations.list", TIER_2, 1, FALSE },
  { "emoji.list", TIER_2, 1, FALSE },
  { "reactions.add", TIER_3, 10, TRUE },
  { "reactions.remove", TIER_2, 10, TRUE },
  { "usergroups.list", TIER_2, 1, FALSE },
  { "usergroups.users.list", TIER_2, 1, FALSE },
  { "users.info", TIER_4, 1, FALSE },
  { "users.list", TIER_2, 1, FALSE },
};

void
onc_rate_bucket_init (OncRateBucket *self, const char *method, gint64 now)
{
  *self = (OncRateBucket){ .per_minute = TIER_3, .burst = 1, .updated = now };

  for (guint i = 0; i < G_N_ELEMENTS (limits); i++)
    {
      if (g_str_equal (limits[i].method, method))
        {
          self->per_minute = limits[i].per_minute;
          self->burst = limits[i].burst;
          self->paced_until = limits[i].writes ? G_MAXINT64 : 0;
        }
    }
  self->tokens = self->burst;
}

gboolean
onc_rate_bucket_is_paced (const OncRateBucket *self, gint64 now)
{
  return now < self->paced_until;
}

gint64
onc_rate_bucket_take (OncRateBucket *self, gint64 now)
{
  const double per_call = (double) G_TIME_SPAN_MINUTE / self->per_minute;

  if (now < self->blocked_until)
    return self->blocked_until;
  if (!onc_rate_bucket_is_paced (self, now))
    return 0;

  self->tokens = MIN (self->burst, self->tokens + (now - self->updated) / per_call);
  self->updated = now;
  if (self->tokens < 1)
    /* One microsecond more than the division gives, so that the time is never a moment too early */
    return now + (gint64) ((1 - self->tokens) * per_call) + 1;

  self->tokens -= 1;
  return 0;
}

void
onc_rate_bucket_block (OncRateBucket *self, gint64 now, gint64 span)
{
  self->blocked_until = MAX (self->blocked_until, now + span);
  self->paced_until = MAX (self->paced_until, self->blocked_until + PACED_SPAN);
  /* The first call after the wait is allowed, the next ones by the pace */
  self->tokens = 1;
  self->updated = self->blocked_until;
}
