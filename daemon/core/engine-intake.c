/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* Events become what is known of a thread. Whatever comes twice, late or out of order must end in
 * the same knowledge: Slack delivers at least once, and history is read over what came live. */

#include "engine-private.h"

#include "message.h"
#include "noise.h"
#include "wall.h"

#include <string.h>

void
onc_engine_save_post (OncEngine *self, OncThread *thread, const OncPost *post)
{
  onc_engine_emit (self, ONC_EFFECT_SAVE_POST, thread)->post.ts = g_strdup (post->ts);
}

static void
save_reaction (OncEngine *self, OncThread *thread, const OncPost *post, OncReaction *reaction)
{
  OncEffect *effect = onc_engine_emit (self, ONC_EFFECT_SAVE_REACTION, thread);

  effect->reaction.ts = g_strdup (post->ts);
  effect->reaction.name = g_ref_string_acquire (reaction->name);
  effect->reaction.user = g_ref_string_acquire (reaction->user);
}

/* Makes the emoji be there or not be there. Returns: whether that is news. */
static gboolean
set_reaction (OncEngine *self,
              OncThread *thread,
              OncPost *post,
              OncReaction *reaction,
              gboolean present,
              OncInstant since,
              OncInstant now)
{
  gboolean news = reaction->present != present || reaction->learnt == 0;

  reaction->learnt = now;
  if (news)
    {
      reaction->present = present;
      reaction->since = since;
      save_reaction (self, thread, post, reaction);
    }

  return news;
}

/* What one answer of Slack says about the people behind one folded emoji. */
typedef struct
{
  GHashTable *users; /* (owned) set of user IDs (unowned) */
  gboolean whole;    /* nobody was left out of the list */
} Snapshot;

static void
snapshot_free (Snapshot *self)
{
  g_hash_table_unref (self->users);
  g_free (self);
}

/* Returns: (transfer full): folded name → Snapshot; skin tones of one emoji are one. */
static GHashTable *
collect_snapshots (const GPtrArray *sets)
{
  GHashTable *snapshots = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                                 (GDestroyNotify) snapshot_free);

  for (guint i = 0; i < sets->len; i++)
    {
      const OncReactionSet *set = g_ptr_array_index (sets, i);
      g_autofree char *name = onc_emoji_fold (set->name);
      Snapshot *snapshot = g_hash_table_lookup (snapshots, name);

      if (snapshot == NULL)
        {
          snapshot = g_new0 (Snapshot, 1);
          snapshot->users = g_hash_table_new (g_str_hash, g_str_equal);
          snapshot->whole = TRUE;
          g_hash_table_insert (snapshots, g_steal_pointer (&name), snapshot);
        }
      for (guint j = 0; set->users[j] != NULL; j++)
        g_hash_table_add (snapshot->users, set->users[j]);
      snapshot->whole = snapshot->whole && g_strv_length (set->users) >= set->count;
    }

  return snapshots;
}

/* Since when an emoji is there that is found on @message, asked for at @as_of. Slack does not say.
 * It is taken to be newer than the newest reply that the same answer knows: nobody resolves a
 * thread without having read it. Returns: 0 for what is older than the first look at it. */
static OncInstant
appearance (const OncEngine *self,
            const OncThread *thread,
            const OncMessage *message,
            OncInstant as_of)
{
  if (onc_engine_is_first_look (self, thread))
    return 0;

  return MAX (as_of, onc_ts_to_instant (message->latest_reply_ts) + 1);
}

/* Brings the emoji of @post in line with @message, asked for at @as_of, but for what was heard
 * after that: the answer cannot know it. Returns: whether anything changed. */
static gboolean
reconcile_reactions (OncEngine *self,
                     OncThread *thread,
                     OncPost *post,
                     const OncMessage *message,
                     OncInstant as_of,
                     OncInstant now)
{
  g_autoptr (GHashTable) snapshots = collect_snapshots (message->reactions);
  OncInstant since = appearance (self, thread, message, as_of);
  GHashTableIter iter;
  gpointer name, value;
  gboolean changed = FALSE;

  g_hash_table_iter_init (&iter, snapshots);
  while (g_hash_table_iter_next (&iter, &name, &value))
    {
      const Snapshot *snapshot = value;
      GHashTableIter user_iter;
      gpointer user;

      g_hash_table_iter_init (&user_iter, snapshot->users);
      while (g_hash_table_iter_next (&user_iter, &user, NULL))
        {
          OncReaction *reaction = onc_post_ensure_reaction (post, name, user);

          if (!reaction->present && reaction->learnt <= as_of)
            changed |= set_reaction (self, thread, post, reaction, TRUE, since, now);
        }
    }

  for (guint i = 0; post->reactions != NULL && i < post->reactions->len; i++)
    {
      OncReaction *reaction = g_ptr_array_index (post->reactions, i);
      const Snapshot *snapshot = g_hash_table_lookup (snapshots, reaction->name);
      gboolean listed = snapshot != NULL && g_hash_table_contains (snapshot->users, reaction->user);
      gboolean unsure = snapshot != NULL && !snapshot->whole;

      if (reaction->present && !listed && !unsure && reaction->learnt <= as_of)
        changed |= set_reaction (self, thread, post, reaction, FALSE, as_of, now);
    }

  return changed;
}

/* A tag that was not there before raises the thread. */
static void
heed_tag (OncEngine *self, OncThread *thread, const OncPost *post)
{
  if (post->level <= thread->level || onc_engine_is_bots (self, post))
    return;

  thread->level = post->level;
  onc_engine_touch (self, thread);
}

static void
take_root (OncThread *thread, const OncMessage *message)
{
  thread->root_known = TRUE;
  g_free (thread->text);
  thread->text = g_strdup (message->text);
  thread->greeting = onc_noise_is_greeting (message->text);
  thread->fresh |= ONC_CHANGE_TEXT;
}

/* What the message promises or asks for, in its author's zone and at its own time: an edit does not
 * move "in half an hour". */
static void
read_said (OncEngine *self, const OncThread *thread, OncPost *post, const OncMessage *message)
{
  const OncWhenContext context = onc_said_context (onc_engine_zone_of (self, message->user),
                                                   self->policy->hours);
  OncInstant before = post->said.due;

  onc_said_clear (&post->said);
  onc_said_read (&post->said, message->text, onc_ts_to_instant (message->ts), &context);
  /* Better words for the same time are the same promise. */
  if (post->said.due == before)
    return;
  post->told = 0;
  post->cancelled = 0;
  /* What was said of a promise while it waited to be sent is not said again. */
  if (onc_engine_is_me (self, message->user) && post->said.due != 0 &&
      post->said.due / ONC_SECOND == thread->promised / ONC_SECOND)
    post->told = thread->promised_told;
}

static void
take_message (OncEngine *self, const OncMessage *message, OncInstant as_of, OncInstant now)
{
  OncThread *thread;
  OncPost *post;
  gboolean known, edited;

  if (!g_hash_table_contains (self->policy->channels, message->channel))
    return;

  thread = onc_engine_ensure (self, message->team, message->channel, message->root_ts);
  post = onc_thread_find_post (thread, message->ts);
  if (post != NULL && post->deleted)
    return;

  known = post != NULL;
  edited = known && message->edited_ts != NULL &&
           (post->edited_ts == NULL || onc_ts_compare (message->edited_ts, post->edited_ts) > 0);
  if (!known)
    post = onc_thread_ensure_post (thread, message->ts);
  if (!known || edited)
    {
      OncLevel level = onc_policy_level_of (self->policy, message);

      if (!known)
        post->user = message->user != NULL ? g_ref_string_new_intern (message->user) : NULL;
      post->by_app = message->bot != NULL;
      g_free (post->edited_ts);
      post->edited_ts = g_strdup (message->edited_ts);
      read_said (self, thread, post, message);
      if (onc_message_is_root (message))
        take_root (thread, message);
      /* A person's own words are no news to that person. */
      if (!known && !onc_engine_is_me (self, message->user))
        onc_engine_end_snooze (thread);
      if (level > post->level)
        {
          post->level = level;
          heed_tag (self, thread, post);
        }
      onc_engine_emit (self, ONC_EFFECT_SAVE_MESSAGE, thread)->message = onc_message_ref (
          (OncMessage *) message);
      onc_engine_touch (self, thread);
    }
  if (message->reactions != NULL && as_of != 0 &&
      reconcile_reactions (self, thread, post, message, as_of, now))
    onc_engine_touch (self, thread);

  if (!thread->root_known && !known)
    onc_engine_emit (self, ONC_EFFECT_FETCH, thread);
  onc_engine_decide (self, thread, now);
}

/* A deletion leaves its trace even where the message was never seen: it may still come, late. */
static void
take_deletion (OncEngine *self, const OncEvent *event, OncInstant now)
{
  OncThread *thread;
  OncPost *post;

  if (event->deletion.root_ts == NULL ||
      !g_hash_table_contains (self->policy->channels, event->deletion.channel))
    return;

  thread = onc_engine_ensure (self, event->deletion.team, event->deletion.channel,
                              event->deletion.root_ts);
  post = onc_thread_ensure_post (thread, event->deletion.ts);
  if (post->deleted)
    return;

  post->deleted = TRUE;
  if (g_str_equal (post->ts, thread->ts))
    {
      thread->root_known = TRUE;
      g_free (thread->text);
      thread->text = g_strdup ("");
    }
  onc_engine_save_post (self, thread, post);
  onc_engine_touch (self, thread);
  onc_engine_decide (self, thread, now);
}

static void
take_reaction (OncEngine *self, const OncEvent *event, OncInstant now)
{
  g_autofree char *name = NULL;
  OncReaction *reaction;
  OncThread *thread;
  OncPost *post;

  if (event->reaction.root_ts == NULL)
    return;
  thread = onc_engine_find (self, event->reaction.team, event->reaction.channel,
                            event->reaction.root_ts);
  post = thread != NULL ? onc_thread_find_post (thread, event->reaction.ts) : NULL;
  if (post == NULL)
    return;

  name = onc_emoji_fold (event->reaction.name);
  reaction = onc_post_ensure_reaction (post, name, event->reaction.user);
  if (event->reaction.at <= reaction->stamp)
    return;

  reaction->stamp = event->reaction.at;
  if (set_reaction (self, thread, post, reaction, event->reaction.added, event->reaction.at, now))
    {
      onc_engine_touch (self, thread);
      onc_engine_decide (self, thread, now);
    }
}

static void
take_group (OncEngine *self, const OncEvent *event, OncInstant now)
{
  OncMembership *members = onc_engine_ensure_group (self, event->group.id);
  const char *const nobody[] = { NULL };
  const char *const *added = event->group.added != NULL ? (const char *const *) event->group.added
                                                        : nobody;
  OncInstant at = event->group.at != 0 ? MIN (event->group.at, now) : now;

  if (event->group.whole)
    onc_membership_set (members, added, at);
  for (guint i = 0; added[i] != NULL; i++)
    onc_membership_join (members, added[i], at);
  for (guint i = 0; event->group.removed != NULL && event->group.removed[i] != NULL; i++)
    onc_membership_leave (members, event->group.removed[i], at);

  if (g_hash_table_contains (self->policy->responders, event->group.id))
    onc_engine_decide_all (self, now);
}

/* Later messages of @user are read in the zone called @name (nullable). */
static void
note_zone (OncEngine *self, const char *user, const char *name)
{
  GTimeZone *zone;

  if (name == NULL)
    return;
  zone = g_hash_table_lookup (self->zones, name);
  if (zone == NULL)
    {
      zone = onc_wall_zone_new (name);
      if (zone == NULL)
        return;
      g_hash_table_insert (self->zones, g_strdup (name), zone);
    }
  g_hash_table_insert (self->zone_of, g_strdup (user), zone);
}

/* Somebody turns out to be a bot, or a person: what they wrote and put on messages counts anew. */
static void
take_person (OncEngine *self, const OncEvent *event, OncInstant now)
{
  g_autoptr (GPtrArray) threads = NULL;
  gboolean known, was_bot;
  gpointer was;

  note_zone (self, event->person.user, event->person.zone);
  known = g_hash_table_lookup_extended (self->people, event->person.user, NULL, &was);
  was_bot = known && GPOINTER_TO_INT (was);
  if (known && was_bot == event->person.bot)
    return;
  g_hash_table_insert (self->people, g_strdup (event->person.user),
                       GINT_TO_POINTER (event->person.bot));

  threads = onc_engine_all (self);
  for (guint i = 0; i < threads->len; i++)
    {
      OncThread *thread = g_ptr_array_index (threads, i);

      for (guint j = 0; j < thread->posts->len; j++)
        {
          const OncPost *post = g_ptr_array_index (thread->posts, j);

          /* All other tags were heeded when they came, and may have been overruled since then. */
          if (g_strcmp0 (post->user, event->person.user) == 0 && (known ? was_bot : post->by_app))
            heed_tag (self, thread, post);
        }
      onc_engine_decide (self, thread, now);
    }
}

static void
take_stored (OncEngine *self, OncThread *thread, OncInstant now)
{
  if (onc_engine_find (self, thread->team, thread->channel, thread->ts) != NULL)
    return;

  thread->told_level = thread->level;
  g_hash_table_add (self->threads, onc_thread_ref (thread));
  if (thread->number != 0)
    g_hash_table_insert (self->numbers, GUINT_TO_POINTER (thread->number), thread);
  if (!thread->root_known)
    onc_engine_emit (self, ONC_EFFECT_FETCH, thread);
  onc_engine_decide (self, thread, now);
  onc_engine_hold_again (self, thread);
  if (!thread->listed)
    g_ptr_array_add (self->visitors, onc_thread_ref (thread));
}

/* A reply waits to be posted, or has been: a promise that it makes runs from the first moment, and
 * is the message's own once that has come. */
static void
take_posted (OncEngine *self, OncThread *thread, const OncEvent *event, OncInstant now)
{
  g_clear_pointer (&thread->promiser, g_ref_string_release);
  if (event->write.outcome == ONC_WRITE_QUEUED && event->write.text != NULL)
    {
      const OncWhenContext context = onc_said_context (self->policy->zone, self->policy->hours);
      OncSaid said;

      onc_said_read (&said, event->write.text, now, &context);
      if (said.kind == ONC_READING_PROMISE && said.due != 0)
        {
          thread->promiser = g_ref_string_new_intern (said.by != NULL ? said.by
                                                                      : event->write.user);
          thread->promised = said.due;
          thread->promised_at = now;
        }
      onc_said_clear (&said);
    }
  onc_engine_decide (self, thread, now);
}

static void
take_write (OncEngine *self, const OncEvent *event, OncInstant now)
{
  g_autofree char *name = NULL;
  OncThread *thread;
  OncPost *post;

  thread = onc_engine_find (self, event->write.team, event->write.channel, event->write.root_ts);
  if (thread == NULL)
    return;
  if (event->write.reaction == NULL)
    {
      take_posted (self, thread, event, now);
      return;
    }

  name = onc_emoji_fold (event->write.reaction);
  if (event->write.add && g_hash_table_contains (self->policy->claim_emoji, name))
    {
      g_clear_pointer (&thread->claimant, g_ref_string_release);
      if (event->write.outcome == ONC_WRITE_QUEUED)
        thread->claimant = g_ref_string_new_intern (event->write.user);
    }
  post = onc_thread_find_post (thread, event->write.ts);
  if (post != NULL && event->write.outcome == ONC_WRITE_DONE)
    set_reaction (self, thread, post, onc_post_ensure_reaction (post, name, event->write.user),
                  event->write.add, now, now);
  onc_engine_touch (self, thread);
  onc_engine_decide (self, thread, now);
}

void
onc_engine_take_in (OncEngine *self, const OncEvent *event, OncInstant now)
{
  g_auto (GStrv) first = NULL;

  switch (event->kind)
    {
    case ONC_EVENT_MESSAGE:
      take_message (self, event->message.message, event->message.as_of, now);
      break;
    case ONC_EVENT_DELETION:
      take_deletion (self, event, now);
      break;
    case ONC_EVENT_REACTION:
      take_reaction (self, event, now);
      break;
    case ONC_EVENT_GROUP:
      take_group (self, event, now);
      break;
    case ONC_EVENT_PERSON:
      take_person (self, event, now);
      break;
    case ONC_EVENT_STORED:
      take_stored (self, event->stored, now);
      break;
    case ONC_EVENT_WRITE:
      take_write (self, event, now);
      break;
    case ONC_EVENT_CATCHING_UP:
      g_strfreev (self->first);
      self->first = g_strdupv (event->catching_up.first);
      self->first_from = now;
      onc_engine_hold_says (self, now);
      break;
    case ONC_EVENT_CAUGHT_UP:
      self->held_until = 0;
      first = g_steal_pointer (&self->first);
      if (first != NULL)
        onc_engine_sum_up (self, (const char *const *) first, now);
      break;
    case ONC_EVENT_DESK:
      onc_engine_take_desk (self, event);
      break;
    case ONC_EVENT_PAUSE:
      onc_engine_take_pause (self, event);
      break;
    default:
      g_assert_not_reached ();
    }
}
