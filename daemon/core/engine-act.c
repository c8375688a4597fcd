/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* What a person asks for becomes writes to Slack, or a decision of this desktop alone. */

#include "engine-private.h"

#include "error.h"
#include "markup.h"

#include <glib/gi18n.h>

static void
react (OncEngine *self, OncThread *thread, const char *ts, const char *emoji, gboolean add)
{
  OncEffect *effect = onc_engine_emit (self, ONC_EFFECT_REACT, thread);

  effect->write.ts = g_strdup (ts);
  effect->write.reaction = g_strdup (emoji);
  effect->write.add = add;
}

/* Sets @error to one sentence for a person. Returns: FALSE. */
static gboolean G_GNUC_PRINTF (2, 3) refuse (GError **error, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  if (error != NULL)
    *error = g_error_new_valist (ONC_ERROR, ONC_ERROR_WRONG_STATE, format, arguments);
  va_end (arguments);

  return FALSE;
}

/* Takes off every emoji in @names that @user has put on a message of @thread; @root_only: on the
 * first one. Returns: how many. */
static guint
take_off (
    OncEngine *self, OncThread *thread, GHashTable *names, const char *user, gboolean root_only)
{
  guint taken = 0;

  for (guint i = 0; i < thread->posts->len; i++)
    {
      const OncPost *post = g_ptr_array_index (thread->posts, i);

      if (root_only && !g_str_equal (post->ts, thread->ts))
        continue;
      for (guint j = 0; post->reactions != NULL && j < post->reactions->len; j++)
        {
          const OncReaction *reaction = g_ptr_array_index (post->reactions, j);

          if (reaction->present && g_str_equal (reaction->user, user) &&
              g_hash_table_contains (names, reaction->name))
            {
              react (self, thread, post->ts, reaction->name, FALSE);
              taken++;
            }
        }
    }

  return taken;
}

static const OncLooker *
find_looker (const OncThread *thread, const char *user)
{
  for (guint i = 0; i < thread->lookers->len; i++)
    {
      const OncLooker *looker = g_ptr_array_index (thread->lookers, i);

      if (g_str_equal (looker->user, user))
        return looker;
    }

  return NULL;
}

static gboolean
claim (OncEngine *self, OncThread *thread, const OncAction *action, GError **error)
{
  if (!thread->listed)
    return refuse (error, _ ("Thread %u is closed; reopen it first"), thread->number);
  if (find_looker (thread, action->user) != NULL)
    return refuse (error, _ ("Thread %u is yours already"), thread->number);

  thread->claimant = g_ref_string_new_intern (action->user);
  react (self, thread, thread->ts, self->policy->claim_with, TRUE);
  return TRUE;
}

static gboolean
release (OncEngine *self, OncThread *thread, const OncAction *action, GError **error)
{
  const OncLooker *looker = find_looker (thread, action->user);

  if (looker == NULL)
    return refuse (error, _ ("Thread %u is not yours"), thread->number);
  if (looker->how == ONC_LOOK_PENDING)
    {
      /* The writes of a thread go out in order: this one undoes the one that still waits. */
      react (self, thread, thread->ts, self->policy->claim_with, FALSE);
      return TRUE;
    }
  if (take_off (self, thread, self->policy->claim_emoji, action->user, FALSE) == 0)
    return refuse (error, _ ("Thread %u has a reply of yours, which says that you are looking"),
                   thread->number);

  return TRUE;
}

static gboolean
reply (OncEngine *self, OncThread *thread, const OncAction *action, GError **error)
{
  g_autofree char *trimmed = g_strstrip (g_strdup (action->text));

  if (thread->state == ONC_STATE_DELETED)
    return refuse (error, _ ("Thread %u was deleted"), thread->number);
  if (*trimmed == '\0')
    {
      g_set_error_literal (error, ONC_ERROR, ONC_ERROR_INVALID_ARGUMENT,
                           _ ("A reply needs at least one word"));
      return FALSE;
    }

  onc_engine_emit (self, ONC_EFFECT_POST, thread)->write.text = onc_markup_escape (trimmed);
  return TRUE;
}

static gboolean
resolve (OncEngine *self, OncThread *thread, GError **error)
{
  if (!thread->listed)
    return refuse (error, _ ("Thread %u is closed already"), thread->number);

  react (self, thread, thread->ts, self->policy->resolve_with, TRUE);
  return TRUE;
}

static gboolean
reopen (OncEngine *self, OncThread *thread, const OncAction *action, OncInstant now, GError **error)
{
  if (thread->state == ONC_STATE_DELETED)
    return refuse (error, _ ("Thread %u was deleted"), thread->number);
  if (thread->listed)
    return refuse (error, _ ("Thread %u is open"), thread->number);

  /* One's own mark of resolution goes in Slack; that of others only stops to count here. */
  take_off (self, thread, self->policy->resolved_emoji, action->user, TRUE);
  thread->reopened = now;
  thread->dismissed = 0;
  return TRUE;
}

static gboolean
set_level (OncThread *thread, const OncAction *action, GError **error)
{
  if (!thread->listed)
    return refuse (error, _ ("Thread %u is closed; reopen it first"), thread->number);

  thread->level = action->level;
  return TRUE;
}

gboolean
onc_engine_do (
    OncEngine *self, OncThread *thread, const OncAction *action, OncInstant now, GError **error)
{
  switch (action->kind)
    {
    case ONC_ACTION_CLAIM:
      return claim (self, thread, action, error);
    case ONC_ACTION_RELEASE:
      return release (self, thread, action, error);
    case ONC_ACTION_REPLY:
      return reply (self, thread, action, error);
    case ONC_ACTION_RESOLVE:
      return resolve (self, thread, error);
    case ONC_ACTION_REOPEN:
      return reopen (self, thread, action, now, error);
    case ONC_ACTION_SET_LEVEL:
      return set_level (thread, action, error);
    default:
      g_assert_not_reached ();
    }
}
