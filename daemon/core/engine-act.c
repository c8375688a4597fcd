/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* What a person asks for becomes writes to Slack, or a decision of this desktop alone. */

#include "engine-private.h"

#include "error.h"
#include "markup.h"
#include "promise.h"

#include <glib/gi18n.h>
#include <string.h>

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

static int
compare_strings (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
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

static gboolean
claim (OncEngine *self, OncThread *thread, const OncAction *action, GError **error)
{
  if (!thread->listed)
    return refuse (error, _ ("Thread %u is closed; reopen it first"), thread->number);
  if (onc_thread_find_looker (thread, action->user) != NULL)
    return refuse (error, _ ("Thread %u is yours already"), thread->number);

  thread->claimant = g_ref_string_new_intern (action->user);
  react (self, thread, thread->ts, self->policy->claim_with, TRUE);
  return TRUE;
}

static gboolean
release (OncEngine *self, OncThread *thread, const OncAction *action, GError **error)
{
  const OncLooker *looker = onc_thread_find_looker (thread, action->user);

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

/* Not a question: a decision of this desktop, which reopen() takes back. */
static gboolean
dismiss (OncThread *thread, OncInstant now, GError **error)
{
  if (!thread->listed)
    return refuse (error, _ ("Thread %u is closed already"), thread->number);

  thread->dismissed = now;
  return TRUE;
}

/* Returns: (transfer full): the emoji that stand for @category, in the order of their names; NULL
 * with an error that lists all categories where none does. */
static GPtrArray *
find_category (const OncEngine *self, const char *category, GError **error)
{
  g_autoptr (GPtrArray) emoji = g_ptr_array_new ();
  g_autoptr (GHashTable) all = g_hash_table_new (g_str_hash, g_str_equal);
  g_autofree char **known = NULL;
  g_autofree char *list = NULL;
  GHashTableIter iter;
  gpointer name, value;
  guint n_known;

  g_hash_table_iter_init (&iter, self->policy->categories);
  while (g_hash_table_iter_next (&iter, &name, &value))
    {
      g_hash_table_add (all, value);
      if (g_str_equal (value, category))
        g_ptr_array_add (emoji, name);
    }
  g_ptr_array_sort (emoji, compare_strings);
  if (emoji->len > 0)
    return g_steal_pointer (&emoji);

  known = (char **) g_hash_table_get_keys_as_array (all, &n_known);
  qsort (known, n_known, sizeof *known, compare_strings);
  list = g_strjoinv (", ", known);
  g_set_error (error, ONC_ERROR, ONC_ERROR_INVALID_ARGUMENT,
               _ ("“%s” is no category; there are %s"), category, list);
  return NULL;
}

/* Threads are labelled when they are done, too. */
static gboolean
tag (OncEngine *self, OncThread *thread, const OncAction *action, GError **error)
{
  g_autoptr (GPtrArray) emoji = find_category (self, action->tag, error);
  const OncPost *root = onc_thread_find_post (thread, thread->ts);

  if (emoji == NULL)
    return FALSE;
  if (thread->state == ONC_STATE_DELETED || root == NULL)
    return refuse (error, _ ("Thread %u was deleted"), thread->number);
  for (guint i = 0; i < emoji->len; i++)
    {
      const OncReaction *mine = onc_post_find_reaction (root, g_ptr_array_index (emoji, i),
                                                        action->user);

      if (mine != NULL && mine->present)
        return refuse (error, _ ("Thread %u has that tag of yours already"), thread->number);
    }

  react (self, thread, thread->ts, g_ptr_array_index (emoji, 0), TRUE);
  return TRUE;
}

static gboolean
untag (OncEngine *self, OncThread *thread, const OncAction *action, GError **error)
{
  g_autoptr (GPtrArray) emoji = find_category (self, action->tag, error);
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);

  if (emoji == NULL)
    return FALSE;
  for (guint i = 0; i < emoji->len; i++)
    g_hash_table_add (names, g_ptr_array_index (emoji, i));
  if (take_off (self, thread, names, action->user, TRUE) == 0)
    return refuse (error, _ ("Thread %u has no such tag of yours"), thread->number);

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

static gboolean
refuse_argument (GError **error, const char *why)
{
  g_set_error_literal (error, ONC_ERROR, ONC_ERROR_INVALID_ARGUMENT, why);
  return FALSE;
}

/* Posts @text (owned), and runs the promise that it makes from now on. */
static void
post_promise (
    OncEngine *self, OncThread *thread, char *text, const char *by, OncInstant due, OncInstant now)
{
  OncEffect *effect = onc_engine_emit (self, ONC_EFFECT_POST, thread);

  effect->write.text = text;
  effect->write.due = due;
  g_clear_pointer (&thread->promiser, g_ref_string_release);
  thread->promiser = g_ref_string_new_intern (by);
  thread->promised = due;
  thread->promised_at = now;
  thread->promised_told = 0;
}

/* One step: eyes, a reply with the time, and the timer. */
static gboolean
promise (
    OncEngine *self, OncThread *thread, const OncAction *action, OncInstant now, GError **error)
{
  OncSpan usual = self->policy->timings[thread->level].promise;
  OncInstant due = action->when != 0 ? action->when : now + usual;
  const OncPromise *mine = onc_engine_my_promise (self, thread);
  g_autofree char *text = NULL;

  if (!thread->listed)
    return refuse (error, _ ("Thread %u is closed; reopen it first"), thread->number);
  if (action->when == 0 && usual == 0)
    return refuse_argument (error, _ ("A promise needs a time: none is configured for this level"));
  if (due <= now)
    return refuse_argument (error, _ ("A promise needs a time that is still to come"));

  if (action->text != NULL)
    {
      g_autofree char *trimmed = g_strstrip (g_strdup (action->text));

      text = onc_markup_escape (trimmed);
    }
  if (onc_thread_find_looker (thread, action->user) == NULL)
    {
      thread->claimant = g_ref_string_new_intern (action->user);
      react (self, thread, thread->ts, self->policy->claim_with, TRUE);
    }
  post_promise (
      self, thread,
      onc_promise_compose (text, due, now, self->policy->zone, mine != NULL && mine->due < due),
      action->user, due, now);
  return TRUE;
}

static gboolean
extend (OncEngine *self, OncThread *thread, const OncAction *action, OncInstant now, GError **error)
{
  const OncPromise *mine = onc_engine_my_promise (self, thread);
  OncInstant due;

  if (mine == NULL)
    return refuse (error, _ ("Thread %u has no open promise of yours"), thread->number);
  if (action->by <= 0)
    return refuse_argument (error, _ ("A promise can be put off by more than nothing only"));

  due = MAX (mine->due, now) + action->by;
  post_promise (self, thread, onc_promise_compose (NULL, due, now, self->policy->zone, TRUE),
                action->user, due, now);
  return TRUE;
}

static gboolean
cancel_promise (OncEngine *self, OncThread *thread, OncInstant now, GError **error)
{
  const OncPromise *mine = onc_engine_my_promise (self, thread);
  OncPost *anchor;

  if (mine == NULL)
    return refuse (error, _ ("Thread %u has no open promise of yours"), thread->number);
  if (mine->anchor_ts == NULL)
    return refuse (error, _ ("Your promise in thread %u is still on its way to Slack"),
                   thread->number);

  anchor = onc_thread_find_post (thread, mine->anchor_ts);
  anchor->cancelled = now;
  onc_engine_save_post (self, thread, anchor);
  return TRUE;
}

static gboolean
hand_over (
    OncEngine *self, OncThread *thread, const OncAction *action, OncInstant now, GError **error)
{
  const OncPromise *mine = onc_engine_my_promise (self, thread);

  if (mine == NULL)
    return refuse (error, _ ("Thread %u has no open promise of yours"), thread->number);
  if (onc_engine_is_me (self, action->whom))
    return refuse_argument (error, _ ("A promise is handed over to somebody else"));

  post_promise (self, thread,
                onc_promise_compose_hand_over (action->whom, MAX (mine->due, now + ONC_MINUTE), now,
                                               self->policy->zone),
                action->whom, MAX (mine->due, now + ONC_MINUTE), now);
  return TRUE;
}

static gboolean
snooze (OncEngine *self, OncThread *thread, const OncAction *action, OncInstant now, GError **error)
{
  OncSpan longest = self->policy->timings[thread->level].snooze_max;

  if (!thread->listed)
    return refuse (error, _ ("Thread %u is closed"), thread->number);
  if (action->when <= now)
    return refuse_argument (error, _ ("A snooze needs a time that is still to come"));

  thread->snoozed = longest != 0 ? MIN (action->when, now + longest) : action->when;
  thread->fresh |= ONC_CHANGE_SNOOZE;
  if (thread->popup)
    onc_engine_withdraw (self, thread);
  return TRUE;
}

static gboolean
unsnooze (OncThread *thread, GError **error)
{
  if (thread->snoozed == 0)
    return refuse (error, _ ("Thread %u is not snoozed"), thread->number);

  onc_engine_end_snooze (thread);
  return TRUE;
}

static gboolean
set_needed_by (OncThread *thread, const OncAction *action, OncInstant now, GError **error)
{
  if (!thread->listed)
    return refuse (error, _ ("Thread %u is closed; reopen it first"), thread->number);
  if (action->when != 0 && action->when <= now)
    return refuse_argument (error, _ ("A deadline needs a time that is still to come"));

  thread->needed_set = action->when;
  thread->needed_set_at = now;
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
    case ONC_ACTION_PROMISE:
      return promise (self, thread, action, now, error);
    case ONC_ACTION_EXTEND_PROMISE:
      return extend (self, thread, action, now, error);
    case ONC_ACTION_CANCEL_PROMISE:
      return cancel_promise (self, thread, now, error);
    case ONC_ACTION_HAND_OVER:
      return hand_over (self, thread, action, now, error);
    case ONC_ACTION_SNOOZE:
      return snooze (self, thread, action, now, error);
    case ONC_ACTION_UNSNOOZE:
      return unsnooze (thread, error);
    case ONC_ACTION_SET_NEEDED_BY:
      return set_needed_by (thread, action, now, error);
    case ONC_ACTION_TAG:
      return tag (self, thread, action, error);
    case ONC_ACTION_UNTAG:
      return untag (self, thread, action, error);
    case ONC_ACTION_DISMISS:
      return dismiss (thread, now, error);
    default:
      g_assert_not_reached ();
    }
}
