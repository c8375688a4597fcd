/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* When people want to be left alone: do-not-disturb, a locked screen, quiet hours, a pause. What is
 * to be said then waits, and is said afterwards if it still is so. */

#include "engine-private.h"

/* Whether the hours or the desktop may hold back a popup of @level, and not the person alone. */
static gboolean
yields_to_desk (const OncEngine *self, OncLevel level)
{
  return level < ONC_LEVEL_EMERGENCY || !self->policy->emergency_bypasses_dnd;
}

/* Returns: the end of the quiet hours that @level has to respect at @now; or 0. */
static OncInstant
quiet_hours_end (const OncEngine *self, OncLevel level, OncInstant now)
{
  const OncPolicy *policy = self->policy;
  OncInstant end;

  if (!yields_to_desk (self, level) ||
      (level == ONC_LEVEL_URGENT && policy->urgent_bypasses_quiet) ||
      !onc_hours_contains (policy->quiet, now, policy->zone))
    return 0;
  end = onc_hours_end (policy->quiet, now, policy->zone);

  return end != 0 ? end : ONC_QUIET_OPEN_END;
}

OncInstant
onc_engine_quiet_until (const OncEngine *self, OncLevel level, OncInstant now)
{
  OncInstant until = quiet_hours_end (self, level, now);

  /* Behind a locked screen only the sound is noticed, and a question has none. */
  if ((self->inhibited && yields_to_desk (self, level)) ||
      (self->locked && level == ONC_LEVEL_QUESTION))
    return ONC_QUIET_OPEN_END;
  if (self->paused_until > now && level <= self->paused_level)
    until = MAX (until, self->paused_until);

  return until;
}

void
onc_engine_take_desk (OncEngine *self, const OncEvent *event)
{
  gboolean unlocked = self->locked && !event->desk.locked;

  self->inhibited = event->desk.inhibited;
  self->locked = event->desk.locked;
  if (unlocked)
    onc_engine_recall_popups (self);
}

void
onc_engine_take_pause (OncEngine *self, const OncEvent *event)
{
  self->paused_until = event->pause.until;
  self->paused_level = event->pause.level;
}

void
onc_engine_end_pause (OncEngine *self, OncInstant now)
{
  if (self->paused_until == 0 || self->paused_until > now)
    return;
  self->paused_until = 0;
  onc_engine_emit (self, ONC_EFFECT_RESUMED, NULL);
}
