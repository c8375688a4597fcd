/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "world.h"

#include "message.h"

/* 2026-03-02 10:00 UTC, a Monday. */
#define START (1772445600 * ONC_SECOND)

static OncRepeat
repeat (OncSpan first, guint times, OncSpan then)
{
  OncRepeat self = { .legs = { { first, times }, { then, 0 } }, .n_legs = then != 0 ? 2 : 1 };

  return self;
}

static void
fill_promises (OncPolicy *policy)
{
  static const OncSpan silences[] = { 4 * ONC_HOUR, 30 * ONC_MINUTE, 15 * ONC_MINUTE };
  static const OncSpan spans[] = { 2 * ONC_HOUR, 30 * ONC_MINUTE, 15 * ONC_MINUTE };
  static const OncSpan graces[] = { 10 * ONC_MINUTE, 5 * ONC_MINUTE, 2 * ONC_MINUTE };

  for (OncLevel level = 0; level < ONC_N_LEVELS; level++)
    {
      policy->timings[level].stale_claim = silences[level];
      policy->timings[level].promise = spans[level];
      policy->timings[level].grace = graces[level];
      policy->timings[level].lead_percent = 20;
      policy->timings[level].lead_min = 2 * ONC_MINUTE;
      policy->timings[level].lead_max = 15 * ONC_MINUTE;
    }
  policy->timings[ONC_LEVEL_QUESTION].overdue = repeat (10 * ONC_MINUTE, 1, ONC_DAY);
  policy->timings[ONC_LEVEL_URGENT].overdue = repeat (5 * ONC_MINUTE, 3, 15 * ONC_MINUTE);
  policy->timings[ONC_LEVEL_EMERGENCY].overdue = repeat (2 * ONC_MINUTE, 3, 5 * ONC_MINUTE);
  policy->timings[ONC_LEVEL_EMERGENCY].snooze_max = 15 * ONC_MINUTE;
  onc_hours_free (policy->hours);
  policy->hours = onc_hours_new_from_string ("Mon-Fri 09:00-17:00", NULL);
}

static void
fill_policy (OncPolicy *policy)
{
  onc_policy_add_level (policy->level_ids, WORLD_ONCALL, ONC_LEVEL_URGENT);
  onc_policy_add_level (policy->level_ids, WORLD_DEVS, ONC_LEVEL_EMERGENCY);
  onc_policy_add_level (policy->level_handles, "oncall", ONC_LEVEL_URGENT);
  onc_policy_add_level (policy->level_handles, "devs", ONC_LEVEL_EMERGENCY);
  g_hash_table_add (policy->me, g_strdup (WORLD_ME));
  g_hash_table_add (policy->channels, g_strdup (WORLD_CHANNEL));
  g_hash_table_add (policy->on_call, g_strdup (WORLD_ONCALL));
  g_hash_table_add (policy->claim_emoji, g_strdup ("eyes"));
  g_hash_table_add (policy->resolved_emoji, g_strdup ("white_check_mark"));
  g_hash_table_add (policy->resolved_emoji, g_strdup ("heavy_check_mark"));
  g_hash_table_insert (policy->categories, g_strdup ("bug"), g_strdup ("bug"));
  g_hash_table_insert (policy->categories, g_strdup ("vhs"), g_strdup ("data"));
  g_free (policy->claim_with);
  policy->claim_with = g_strdup ("eyes");
  g_free (policy->resolve_with);
  policy->resolve_with = g_strdup ("white_check_mark");
  policy->burst_popups = 5;
  policy->burst_span = 10 * ONC_SECOND;

  policy->timings[ONC_LEVEL_QUESTION].target = ONC_HOUR;
  policy->timings[ONC_LEVEL_QUESTION].repeat = repeat (ONC_HOUR, 5, 0);
  policy->timings[ONC_LEVEL_URGENT].target = 15 * ONC_MINUTE;
  policy->timings[ONC_LEVEL_URGENT].repeat = repeat (5 * ONC_MINUTE, 6, 15 * ONC_MINUTE);
  policy->timings[ONC_LEVEL_EMERGENCY].target = 5 * ONC_MINUTE;
  policy->timings[ONC_LEVEL_EMERGENCY].repeat = repeat (2 * ONC_MINUTE, 5, 5 * ONC_MINUTE);
  fill_promises (policy);
}

World *
world_new (void)
{
  World *self = g_new0 (World, 1);
  const char *const people[] = { WORLD_ME, WORLD_ASKER, WORLD_OTHER };

  self->policy = onc_policy_new ();
  fill_policy (self->policy);
  self->engine = onc_engine_new (self->policy, 1);
  self->now = START;
  self->told = g_string_new (NULL);
  self->timestamps = g_ptr_array_new_with_free_func (g_free);
  self->saved = g_ptr_array_new_with_free_func ((GDestroyNotify) onc_effect_free);
  for (guint i = 0; i <= G_N_ELEMENTS (people); i++)
    {
      OncEvent *event = onc_event_new (ONC_EVENT_PERSON);

      event->person.user = g_strdup (i < G_N_ELEMENTS (people) ? people[i] : WORLD_BOT);
      event->person.bot = i == G_N_ELEMENTS (people);
      world_apply (self, event);
    }
  return self;
}

void
world_free (World *self)
{
  onc_engine_free (self->engine);
  onc_policy_unref (self->policy);
  g_string_free (self->told, TRUE);
  g_ptr_array_unref (self->timestamps);
  g_ptr_array_unref (self->saved);
  g_free (self);
}

static void
append_changes (GString *out, guint changes)
{
  static const struct
  {
    guint change;
    const char *word;
  } words[] = {
    { ONC_CHANGE_APPEARED, "appeared" },
    { ONC_CHANGE_GONE, "gone" },
    { ONC_CHANGE_TEXT, "text" },
    { ONC_CHANGE_LEVEL, "level" },
    { ONC_CHANGE_STATE, "state" },
    { ONC_CHANGE_LOOKERS, "lookers" },
    { ONC_CHANGE_CATEGORIES, "categories" },
    { ONC_CHANGE_ACTIVITY, "activity" },
    { ONC_CHANGE_PROMISES, "promises" },
    { ONC_CHANGE_DEADLINE, "deadline" },
    { ONC_CHANGE_SNOOZE, "snooze" },
  };

  /* All of a new thread is new. */
  if ((changes & ONC_CHANGE_APPEARED) != 0)
    changes = ONC_CHANGE_APPEARED;
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      if ((changes & words[i].change) != 0)
        g_string_append_printf (out, " %s", words[i].word);
    }
}

static void
describe (GString *out, const OncEffect *effect)
{
  guint number = effect->thread != NULL ? effect->thread->number : 0;

  switch (effect->kind)
    {
    case ONC_EFFECT_FETCH:
      g_string_append_printf (out, "fetch %s", effect->thread->ts);
      break;
    case ONC_EFFECT_NOTIFY:
      g_string_append_printf (out, "notify %u %s %s", number,
                              onc_alert_to_string (effect->alert.kind),
                              onc_level_to_string (effect->alert.level));
      if (effect->alert.repeat > 0)
        g_string_append_printf (out, " x%u", effect->alert.repeat);
      break;
    case ONC_EFFECT_SUMMARY:
      g_string_append (out, "summary");
      for (guint i = 0; i < effect->summary.threads->len; i++)
        {
          const OncThread *thread = g_ptr_array_index (effect->summary.threads, i);

          g_string_append_printf (out, " %u", thread->number);
        }
      break;
    case ONC_EFFECT_WITHDRAW:
      g_string_append_printf (out, "withdraw %u", number);
      break;
    case ONC_EFFECT_CHANGED:
      g_string_append_printf (out, "changed %u", number);
      append_changes (out, effect->changes);
      break;
    case ONC_EFFECT_ALERT:
      g_string_append_printf (out, "alert %u %s", number, onc_alert_to_string (effect->alert.kind));
      break;
    case ONC_EFFECT_POST:
      g_string_append_printf (out, "post %u '%s'", number, effect->write.text);
      break;
    case ONC_EFFECT_REACT:
      g_string_append_printf (out, "react %u %s%s", number, effect->write.add ? "+" : "-",
                              effect->write.reaction);
      break;
    case ONC_EFFECT_RESUMED:
      g_string_append (out, "resumed");
      break;
    case ONC_EFFECT_SAVE_THREAD:
    case ONC_EFFECT_SAVE_MESSAGE:
    case ONC_EFFECT_SAVE_POST:
    case ONC_EFFECT_SAVE_REACTION:
    default:
      g_assert_not_reached ();
    }
}

void
world_collect (World *self, GPtrArray *effects)
{
  gboolean saving = TRUE;

  for (guint i = 0; i < effects->len; i++)
    {
      OncEffect *effect = g_ptr_array_index (effects, i);

      if (effect->kind <= ONC_EFFECT_SAVE_REACTION)
        {
          /* What is seen must be on disk before. */
          g_assert_true (saving);
          g_ptr_array_add (self->saved, effect);
          effects->pdata[i] = onc_effect_new (ONC_EFFECT_SAVE_THREAD, NULL);
          continue;
        }
      saving = FALSE;
      if (self->told->len > 0)
        g_string_append (self->told, "; ");
      describe (self->told, effect);
    }
  g_ptr_array_unref (effects);
}

void
world_apply (World *self, OncEvent *event)
{
  world_collect (self, onc_engine_apply (self->engine, event, self->now));
  onc_event_free (event);
}

void
world_wait (World *self, OncSpan span)
{
  self->now += span;
  world_collect (self, onc_engine_tick (self->engine, self->now));
}

void
world_sleep (World *self, OncSpan span)
{
  self->now += span;
}

static OncEvent *
message_event (World *self, const char *user, const char *root, const char *ts, const char *text)
{
  OncEvent *event = onc_event_new (ONC_EVENT_MESSAGE);
  OncMessage *message = onc_message_new ();

  message->team = g_strdup (WORLD_TEAM);
  message->channel = g_strdup (WORLD_CHANNEL);
  message->ts = g_strdup (ts);
  message->root_ts = g_strdup (root != NULL ? root : ts);
  message->user = g_strdup (user);
  message->text = g_strdup (text);
  event->message.message = message;
  return event;
}

static const char *
ts_of (World *self, OncInstant when)
{
  char *ts = g_strdup_printf ("%" G_GINT64_FORMAT ".%06u", when / ONC_SECOND, ++self->last_ts);

  g_ptr_array_add (self->timestamps, ts);
  return ts;
}

const char *
world_post (World *self, const char *user, const char *root, const char *text)
{
  const char *ts = ts_of (self, self->now);

  world_apply (self, message_event (self, user, root, ts, text));
  return ts;
}

const char *
world_ask (World *self)
{
  const char *root = world_post (self, WORLD_ASKER, NULL, "@oncall the export is wrong");

  world_skip (self);
  return root;
}

/* @looker: (nullable): whose eyes are on it. */
static const char *
find (World *self,
      const char *user,
      const char *root,
      const char *text,
      OncSpan ago,
      const char *looker)
{
  const char *ts = ts_of (self, self->now - ago);
  OncEvent *event = message_event (self, user, root, ts, text);
  GPtrArray *reactions = g_ptr_array_new_with_free_func ((GDestroyNotify) onc_reaction_set_free);

  if (looker != NULL)
    g_ptr_array_add (reactions,
                     onc_reaction_set_new (g_strdup ("eyes"), g_strsplit (looker, " ", -1), 1));
  event->message.as_of = self->now;
  event->message.message->reactions = reactions;
  world_apply (self, event);
  return ts;
}

const char *
world_find (World *self, const char *user, const char *root, const char *text, OncSpan ago)
{
  return find (self, user, root, text, ago, NULL);
}

const char *
world_find_claimed (
    World *self, const char *user, const char *text, OncSpan ago, const char *looker)
{
  return find (self, user, NULL, text, ago, looker);
}

void
world_find_resolved (World *self, const char *root, const char *text, const char *latest)
{
  OncEvent *event = message_event (self, WORLD_ASKER, NULL, root, text);
  GPtrArray *reactions = g_ptr_array_new_with_free_func ((GDestroyNotify) onc_reaction_set_free);

  g_ptr_array_add (reactions, onc_reaction_set_new (g_strdup ("white_check_mark"),
                                                    g_strsplit (WORLD_OTHER, " ", -1), 1));
  event->message.as_of = self->now;
  event->message.message->reactions = reactions;
  event->message.message->latest_reply_ts = g_strdup (latest);
  world_apply (self, event);
}

void
world_edit (World *self, const char *user, const char *root, const char *ts, const char *text)
{
  OncEvent *event = message_event (self, user, root, ts, text);

  event->message.message->edited_ts = g_strdup (ts_of (self, self->now));
  world_apply (self, event);
}

void
world_delete (World *self, const char *root, const char *ts)
{
  OncEvent *event = onc_event_new (ONC_EVENT_DELETION);

  event->deletion.team = g_strdup (WORLD_TEAM);
  event->deletion.channel = g_strdup (WORLD_CHANNEL);
  event->deletion.ts = g_strdup (ts);
  event->deletion.root_ts = g_strdup (root != NULL ? root : ts);
  world_apply (self, event);
}

static void
reaction (World *self,
          const char *user,
          const char *root,
          const char *ts,
          const char *name,
          gboolean added)
{
  OncEvent *event = onc_event_new (ONC_EVENT_REACTION);

  event->reaction.team = g_strdup (WORLD_TEAM);
  event->reaction.channel = g_strdup (WORLD_CHANNEL);
  event->reaction.ts = g_strdup (ts);
  event->reaction.root_ts = g_strdup (root != NULL ? root : ts);
  event->reaction.name = g_strdup (name);
  event->reaction.user = g_strdup (user);
  event->reaction.added = added;
  event->reaction.at = self->now + ++self->last_ts;
  world_apply (self, event);
}

void
world_react (World *self, const char *user, const char *root, const char *ts, const char *name)
{
  reaction (self, user, root, ts, name, TRUE);
}

void
world_unreact (World *self, const char *user, const char *root, const char *ts, const char *name)
{
  reaction (self, user, root, ts, name, FALSE);
}

void
world_member (World *self, const char *group, const char *user)
{
  OncEvent *event = onc_event_new (ONC_EVENT_GROUP);

  event->group.id = g_strdup (group);
  event->group.added = g_strsplit (user, " ", -1);
  world_apply (self, event);
}

void
world_catch_up (World *self, gboolean first)
{
  OncEvent *event = onc_event_new (ONC_EVENT_CATCHING_UP);

  event->catching_up.first = first ? g_strsplit (WORLD_CHANNEL, " ", -1) : NULL;
  world_apply (self, event);
}

void
world_caught_up (World *self)
{
  world_apply (self, onc_event_new (ONC_EVENT_CAUGHT_UP));
}

void
world_written (
    World *self, const char *root, const char *name, gboolean add, OncWriteOutcome outcome)
{
  OncEvent *event = onc_event_new (ONC_EVENT_WRITE);

  event->write.team = g_strdup (WORLD_TEAM);
  event->write.channel = g_strdup (WORLD_CHANNEL);
  event->write.root_ts = g_strdup (root);
  event->write.user = g_strdup (WORLD_ME);
  event->write.ts = g_strdup (root);
  event->write.reaction = g_strdup (name);
  event->write.add = add;
  event->write.outcome = outcome;
  world_apply (self, event);
}

gboolean
world_do (World *self, guint32 number, OncAction action)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *effects;

  action.user = WORLD_ME;
  effects = onc_engine_act (self->engine, onc_engine_find_number (self->engine, number), &action,
                            self->now, &error);
  g_assert_true ((effects == NULL) == (error != NULL));
  if (effects != NULL)
    world_collect (self, effects);

  return effects != NULL;
}

gboolean
world_act (World *self, guint32 number, OncActionKind kind, const char *text, OncLevel level)
{
  return world_do (self, number, (OncAction){ .kind = kind, .text = text, .level = level });
}

char *
world_told (World *self)
{
  char *told = g_strdup (self->told->str);

  g_string_truncate (self->told, 0);
  return told;
}

void
world_skip (World *self)
{
  g_string_truncate (self->told, 0);
}

const OncThread *
world_thread (World *self, guint32 number)
{
  const OncThread *thread = onc_engine_find_number (self->engine, number);

  g_assert_nonnull (thread);
  return thread;
}

char *
world_state (World *self)
{
  g_autoptr (GPtrArray) threads = onc_engine_list (self->engine);
  GString *state = g_string_new (NULL);

  for (guint i = 0; i < threads->len; i++)
    {
      const OncThread *thread = g_ptr_array_index (threads, i);

      g_string_append_printf (state, "%u %s %s %s replies=%u base=%" G_GINT64_FORMAT " told=%u\n",
                              thread->number, thread->ts, onc_level_to_string (thread->level),
                              onc_state_to_string (thread->state), thread->replies,
                              thread->alarm_base, thread->alarm_told);
      for (guint j = 0; j < thread->promises->len; j++)
        {
          const OncPromise *promise = g_ptr_array_index (thread->promises, j);

          g_string_append_printf (state, "  %s %s %" G_GINT64_FORMAT "\n", promise->by,
                                  onc_promise_state_to_string (promise->state), promise->due);
        }
      for (guint j = 0; j < thread->lookers->len; j++)
        {
          const OncLooker *looker = g_ptr_array_index (thread->lookers, j);

          g_string_append_printf (state, "  %s %s %" G_GINT64_FORMAT "\n", looker->user,
                                  onc_look_to_string (looker->how), looker->since);
        }
    }

  return g_string_free (state, FALSE);
}
