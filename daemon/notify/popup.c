/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "popup.h"

#include "json-text.h"
#include "names.h"
#include "words.h"

#include <glib/gi18n.h>

#include <string.h>

/* Popups are glanced at: this much is read at once, and no server shows much more. */
#define TEXT_MAX_CHARS 200
#define TEXT_MAX_LINES 5

/* A title of two names at this length still fits the narrowest servers' popups on two lines. */
#define NAME_MAX_CHARS 40

/* What a summary shows of one thread, and of how many: about as much text as one popup holds. */
#define SUMMARY_TEXT_MAX_CHARS 60
#define SUMMARY_MAX_THREADS    5

/* The daemon's own messages name files and commands, and should not be cut at all; this is for the
 * unforeseen. */
#define NOTICE_MAX_CHARS 500
#define NOTICE_MAX_LINES 10

/* What somebody has promised is shown up to here. */
#define WORDS_MAX_CHARS 100

/* From the freedesktop naming specifications and the notification specification. */
static const char *const level_icons[] = { "dialog-question", "dialog-warning", "dialog-error" };
static const char *const icon_soon = "appointment-soon";
static const char *const icon_missed = "appointment-missed";
static const char *const level_sounds[] = { NULL, "message-new-instant", "alarm-clock-elapsed" };
static const char *const category_message = "im.received";
static const char *const category_trouble = "im.error";

G_STATIC_ASSERT (G_N_ELEMENTS (level_icons) == ONC_N_LEVELS);
G_STATIC_ASSERT (G_N_ELEMENTS (level_sounds) == ONC_N_LEVELS);

/* Cuts @out before the character that would be too many: after the last whole word where there is
 * one in its second half, which a long address has not. */
static void
cut (GString *out, gsize word_end)
{
  if (word_end > out->len / 2)
    g_string_truncate (out, word_end);
  g_string_append (out, "…");
}

/* Returns: (transfer full): the beginning of @text, which may be any bytes, on at most @max_lines
 * lines with at most @max_chars characters; valid UTF-8 without control characters, those that turn
 * the direction of writing, blank lines or runs of spaces. Ends in "…" where something is left out.
 */
static char *
excerpt (const char *text, guint max_chars, guint max_lines)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  GString *out = g_string_new (NULL);
  gsize word_end = 0;
  guint n_chars = 0;
  guint n_lines = 1;
  char gap = '\0';

  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_isspace (c))
        {
          gap = gap == '\n' || c == '\n' || c == '\r' ? '\n' : ' ';
          continue;
        }
      if (!onc_character_is_harmless (c))
        continue;

      if (gap != '\0' && out->len > 0)
        {
          word_end = out->len;
          if (gap == '\n' && ++n_lines > max_lines)
            {
              cut (out, word_end);
              break;
            }
          g_string_append_c (out, gap);
          n_chars++;
        }
      gap = '\0';

      if (n_chars >= max_chars)
        {
          cut (out, word_end);
          break;
        }
      g_string_append_unichar (out, c);
      n_chars++;
    }

  return g_string_free (out, FALSE);
}

/* Returns: (transfer full): the beginning of the thread's first message as a person reads it; never
 * empty, for a message can be all picture. */
static char *
describe_text (const OncNaming *naming, const OncThread *thread, guint max_chars, guint max_lines)
{
  g_autofree char *plain = onc_naming_plain_text (naming, thread->team, thread->text);
  g_autofree char *text = excerpt (plain, max_chars, max_lines);

  return *text != '\0' ? g_steal_pointer (&text) : g_strdup (_ ("(no text)"));
}

/* Returns: (transfer full): "Ada in #support", or "thread 12" where nothing may be told. */
static char *
describe_place (const OncNaming *naming, const OncThread *thread, gboolean hide_content)
{
  g_autofree char *asker = NULL;
  g_autofree char *channel = NULL;

  if (hide_content)
    return g_strdup_printf (_ ("thread %u"), thread->number);

  channel = excerpt (onc_naming_channel (naming, thread->team, thread->channel), NAME_MAX_CHARS, 1);
  if (thread->asker == NULL)
    return g_strdup_printf ("#%s", channel);

  asker = excerpt (onc_naming_user (naming, thread->team, thread->asker), NAME_MAX_CHARS, 1);
  /* Translators: a person who asks, and in which Slack channel */
  return g_strdup_printf (_ ("%s in #%s"), asker, channel);
}

/* Returns: (transfer full): @what with its level in words. */
static char *
with_level (OncLevel level, const char *what)
{
  switch (level)
    {
    case ONC_LEVEL_QUESTION:
      /* Translators: the title of a popup: "Question · Ada in #support" */
      return g_strdup_printf (_ ("Question · %s"), what);
    case ONC_LEVEL_URGENT:
      return g_strdup_printf (_ ("URGENT · %s"), what);
    case ONC_LEVEL_EMERGENCY:
      return g_strdup_printf (_ ("EMERGENCY · %s"), what);
    }

  g_return_val_if_reached (g_strdup (what));
}

/* Returns: (transfer full): the name of the looker at @position. */
static char *
looker_name (const OncNaming *naming, const OncThread *thread, guint position)
{
  const OncLooker *looker = g_ptr_array_index (thread->lookers, position);

  return excerpt (onc_naming_user (naming, thread->team, looker->user), NAME_MAX_CHARS, 1);
}

/* Returns: (transfer full): one sentence about the lookers, of whom there is at least one. */
static char *
describe_lookers (const OncNaming *naming, const OncThread *thread, gboolean hide_content)
{
  guint n = thread->lookers->len;
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  if (hide_content)
    return g_strdup_printf (ngettext ("%u person is looking.", "%u people are looking.", n), n);

  first = looker_name (naming, thread, 0);
  if (n == 1)
    return g_strdup_printf (_ ("%s is looking."), first);

  second = looker_name (naming, thread, 1);
  if (n == 2)
    return g_strdup_printf (_ ("%s and %s are looking."), first, second);

  return g_strdup_printf (
      ngettext ("%s, %s and %u other are looking.", "%s, %s and %u others are looking.", n - 2),
      first, second, n - 2);
}

static void
append_line (GString *out, char *line)
{
  if (out->len > 0)
    g_string_append_c (out, '\n');
  g_string_append (out, line);
  g_free (line);
}

/* What an alert is about, as far as its popup goes. */
typedef enum
{
  MATTER_THREAD,
  MATTER_PROMISE,
  MATTER_SILENCE,
  MATTER_DEADLINE,
} Matter;

static Matter
matter_of (OncAlert kind)
{
  switch (kind)
    {
    case ONC_ALERT_PROMISE_LEAD:
    case ONC_ALERT_PROMISE_DUE:
    case ONC_ALERT_PROMISE_OVERDUE:
    case ONC_ALERT_PROMISE_BROKEN:
      return MATTER_PROMISE;
    case ONC_ALERT_STALE_CLAIM:
      return MATTER_SILENCE;
    case ONC_ALERT_DEADLINE_NEAR:
    case ONC_ALERT_DEADLINE_PASSED:
      return MATTER_DEADLINE;
    case ONC_ALERT_OPENED:
    case ONC_ALERT_RAISED:
    case ONC_ALERT_UNCLAIMED:
    case ONC_ALERT_CLAIMED:
    case ONC_ALERT_PROMISE_KEPT:
    case ONC_ALERT_RESOLVED:
    default:
      return MATTER_THREAD;
    }
}

/* Appends what is to be said of this person's promise. */
static void
append_promise (GString *out,
                const OncThread *thread,
                const OncOccasion *occasion,
                gboolean hide_content)
{
  const OncPromise *promise = onc_promise_find (thread->promises, occasion->promise);
  g_autofree char *words = NULL;

  /* The message may be gone by now. */
  if (promise == NULL)
    return;

  append_line (out, onc_words_promise (promise->due, occasion));
  words = excerpt (promise->words, WORDS_MAX_CHARS, 1);
  if (*words != '\0' && !hide_content)
    append_line (out, g_strdup_printf (_ ("“%s”"), words));
}

/* Appends the sentences that say how the thread stands, and why it speaks up. */
static void
append_standing (GString *out,
                 const OncNaming *naming,
                 const OncThread *thread,
                 const OncOccasion *occasion,
                 gboolean hide_content)
{
  OncInstant since = thread->alarm_base != 0 ? thread->alarm_base : thread->opened;
  gboolean has_risen = occasion->kind == ONC_ALERT_RAISED && occasion->repeat == 0;
  Matter matter = matter_of (occasion->kind);

  if (matter == MATTER_PROMISE)
    {
      append_promise (out, thread, occasion, hide_content);
      return;
    }
  if (has_risen && occasion->level == ONC_LEVEL_URGENT)
    append_line (out, g_strdup (_ ("It has become urgent.")));
  else if (has_risen && occasion->level == ONC_LEVEL_EMERGENCY)
    append_line (out, g_strdup (_ ("It has become an emergency.")));

  if (thread->needed_by != 0 && matter != MATTER_SILENCE)
    append_line (out, onc_words_deadline (thread->needed_by, occasion));

  if (thread->lookers->len > 0)
    append_line (out, describe_lookers (naming, thread, hide_content));
  else if (occasion->kind == ONC_ALERT_UNCLAIMED || occasion->repeat > 0 ||
           matter == MATTER_DEADLINE)
    append_line (out, onc_words_wait (occasion->now - since));

  if (matter == MATTER_SILENCE)
    append_line (out, onc_words_silence (occasion->now - (thread->silent_since != 0
                                                              ? thread->silent_since
                                                              : thread->last_activity)));
}

/* Whether an alert of that kind asks somebody to act, rather than tells good news. */
static gboolean
calls_for_somebody (OncAlert kind)
{
  return kind != ONC_ALERT_CLAIMED && kind != ONC_ALERT_PROMISE_KEPT && kind != ONC_ALERT_RESOLVED;
}

/* @label: (transfer full). */
static void
take_action (OncPopup *self, const char *key, char *label)
{
  g_assert (self->n_actions < ONC_POPUP_MAX_ACTIONS);

  self->actions[self->n_actions].key = key;
  self->actions[self->n_actions].label = label;
  self->n_actions++;
}

static void
add_button_to_open (OncPopup *self)
{
  take_action (self, ONC_POPUP_OPEN, g_strdup (_ ("Open")));
}

/* Adds the click on the popup itself. */
static void
add_click (OncPopup *self)
{
  take_action (self, ONC_POPUP_DEFAULT, g_strdup (_ ("Open")));
}

/* Adds the buttons that help in the matter. Some servers show the first two only. */
static void
add_actions (OncPopup *self, const OncThread *thread, const OncOccasion *occasion)
{
  Matter matter = matter_of (occasion->kind);
  gboolean unclaimed = thread->lookers->len == 0;
  gboolean can_promise = occasion->usual_promise >= ONC_MINUTE;
  g_autofree char *usual = onc_words_brief_span (occasion->usual_promise);
  g_autofree char *extension = onc_words_brief_span (ONC_POPUP_EXTENSION);

  if (matter == MATTER_PROMISE || matter == MATTER_SILENCE)
    /* Translators: a button: "let me write what I have found out" */
    take_action (self, ONC_POPUP_WRITE, g_strdup (_ ("Write update")));
  if (matter == MATTER_PROMISE && occasion->kind != ONC_ALERT_PROMISE_BROKEN)
    /* Translators: a button: "I need so much longer" */
    take_action (self, ONC_POPUP_EXTEND, g_strdup_printf (_ ("+%s"), extension));
  if (matter == MATTER_SILENCE && can_promise)
    /* Translators: a button, with a length of time */
    take_action (self, ONC_POPUP_PROMISE, g_strdup_printf (_ ("Promise an update in %s"), usual));
  if (matter == MATTER_THREAD || (matter == MATTER_DEADLINE && unclaimed))
    {
      /* Translators: a button: "I look at this question now" */
      take_action (self, ONC_POPUP_CLAIM, g_strdup (_ ("I'm on it")));
      add_button_to_open (self);
    }
  if (matter == MATTER_THREAD && unclaimed && can_promise)
    /* Translators: a button: "I look at this question now, and will say more in 30 min" */
    take_action (self, ONC_POPUP_PROMISE, g_strdup_printf (_ ("On it, update in %s"), usual));
  if (matter != MATTER_THREAD && !(matter == MATTER_DEADLINE && unclaimed))
    add_button_to_open (self);
  take_action (self, ONC_POPUP_REPLY, g_strdup (_ ("Reply")));
  add_click (self);
}

/* How much the popup presses is another thing than how urgent the thread is: a reminder of what is
 * not due yet never alarms, what is due is never quiet, and what nobody looks at is first of all a
 * matter of those who are on call, unless it is an emergency. */
static OncLevel
prominence_of (const OncThread *thread, const OncOccasion *occasion)
{
  if (occasion->others_turn && matter_of (occasion->kind) == MATTER_THREAD &&
      occasion->level == ONC_LEVEL_URGENT && thread->lookers->len == 0)
    return ONC_LEVEL_QUESTION;

  if (onc_alert_is_due (occasion->kind))
    return MAX (occasion->level, ONC_LEVEL_URGENT);
  if (occasion->kind == ONC_ALERT_PROMISE_LEAD || occasion->kind == ONC_ALERT_DEADLINE_NEAR ||
      occasion->kind == ONC_ALERT_STALE_CLAIM)
    return MIN (occasion->level, ONC_LEVEL_URGENT);

  return occasion->level;
}

static const char *
icon_of (const OncOccasion *occasion)
{
  switch (occasion->kind)
    {
    case ONC_ALERT_PROMISE_LEAD:
    case ONC_ALERT_PROMISE_DUE:
    case ONC_ALERT_DEADLINE_NEAR:
      return icon_soon;
    case ONC_ALERT_PROMISE_OVERDUE:
    case ONC_ALERT_PROMISE_BROKEN:
    case ONC_ALERT_DEADLINE_PASSED:
      return icon_missed;
    case ONC_ALERT_OPENED:
    case ONC_ALERT_RAISED:
    case ONC_ALERT_UNCLAIMED:
    case ONC_ALERT_CLAIMED:
    case ONC_ALERT_STALE_CLAIM:
    case ONC_ALERT_PROMISE_KEPT:
    case ONC_ALERT_RESOLVED:
    default:
      return level_icons[occasion->level];
    }
}

/* Returns: (transfer full): a popup of @level without texts and actions. Takes @key. */
static OncPopup *
popup_new (char *key, OncLevel level)
{
  OncPopup *self = g_atomic_rc_box_new0 (OncPopup);

  self->key = key;
  self->level = level;
  self->icon = level_icons[level];
  self->category = category_message;
  self->sound = level_sounds[level];
  self->stays = level == ONC_LEVEL_EMERGENCY;
  return self;
}

OncPopup *
onc_popup_new_for_thread (const OncNaming *naming,
                          const OncThread *thread,
                          const OncOccasion *occasion,
                          gboolean hide_content)
{
  OncPopup *self = popup_new (onc_popup_thread_key (thread->number),
                              prominence_of (thread, occasion));
  g_autofree char *place = describe_place (naming, thread, hide_content);
  GString *body = g_string_new (NULL);

  append_standing (body, naming, thread, occasion, hide_content);
  if (!hide_content)
    append_line (body,
                 describe_text (naming, thread, TEXT_MAX_CHARS,
                                matter_of (occasion->kind) == MATTER_PROMISE ? 1 : TEXT_MAX_LINES));

  self->thread = thread->number;
  self->own = TRUE;
  self->title = with_level (occasion->level, place);
  self->body = g_string_free (body, FALSE);
  self->icon = icon_of (occasion);
  if (!calls_for_somebody (occasion->kind))
    self->sound = NULL;
  add_actions (self, thread, occasion);
  return self;
}

/* Returns: (transfer none) (nullable): a few words on why @thread is in a summary; NULL where that
 * it is there says all. */
static const char *
describe_reason (const OncThread *thread)
{
  switch (thread->popup_kind)
    {
    case ONC_ALERT_PROMISE_LEAD:
      return _ ("your update is due soon");
    case ONC_ALERT_PROMISE_DUE:
      return _ ("your update is due");
    case ONC_ALERT_PROMISE_OVERDUE:
    case ONC_ALERT_PROMISE_BROKEN:
      return _ ("your update is overdue");
    case ONC_ALERT_STALE_CLAIM:
      return _ ("nothing has been said for long");
    case ONC_ALERT_DEADLINE_NEAR:
      return _ ("it is needed soon");
    case ONC_ALERT_DEADLINE_PASSED:
      return _ ("it was needed by now");
    case ONC_ALERT_OPENED:
    case ONC_ALERT_RAISED:
    case ONC_ALERT_UNCLAIMED:
    case ONC_ALERT_CLAIMED:
    case ONC_ALERT_PROMISE_KEPT:
    case ONC_ALERT_RESOLVED:
    default:
      return NULL;
    }
}

/* Appends one line for each of the first threads: whose it is, and how it begins. */
static void
append_threads (GString *out, const OncNaming *naming, GPtrArray *threads)
{
  guint shown = MIN (threads->len, SUMMARY_MAX_THREADS);
  guint rest = threads->len - shown;

  for (guint i = 0; i < shown; i++)
    {
      const OncThread *thread = g_ptr_array_index (threads, i);
      g_autofree char *place = describe_place (naming, thread, FALSE);
      g_autofree char *title = with_level (thread->level, place);
      g_autofree char *text = describe_text (naming, thread, SUMMARY_TEXT_MAX_CHARS, 1);
      const char *reason = describe_reason (thread);

      append_line (out, reason != NULL ? g_strdup_printf ("%s: %s: %s", title, reason, text)
                                       : g_strdup_printf ("%s: %s", title, text));
    }

  if (rest > 0)
    append_line (out, g_strdup_printf (ngettext ("and %u more", "and %u more", rest), rest));
}

/* Appends one line for each level that occurs: how many they are. */
static void
append_counts (GString *out, const guint *counts)
{
  guint questions = counts[ONC_LEVEL_QUESTION];
  guint urgent = counts[ONC_LEVEL_URGENT];
  guint emergencies = counts[ONC_LEVEL_EMERGENCY];

  if (emergencies > 0)
    append_line (out, g_strdup_printf (ngettext ("%u emergency", "%u emergencies", emergencies),
                                       emergencies));
  if (urgent > 0)
    append_line (
        out, g_strdup_printf (ngettext ("%u urgent thread", "%u urgent threads", urgent), urgent));
  if (questions > 0)
    append_line (out,
                 g_strdup_printf (ngettext ("%u question", "%u questions", questions), questions));
}

OncPopup *
onc_popup_new_summary (const OncNaming *naming, GPtrArray *threads, gboolean hide_content)
{
  const OncThread *first = g_ptr_array_index (threads, 0);
  OncLevel level = ONC_LEVEL_QUESTION;
  guint counts[ONC_N_LEVELS] = { 0 };
  g_autofree char *what = NULL;
  GString *body = g_string_new (NULL);
  OncPopup *self;

  for (guint i = 0; i < threads->len; i++)
    {
      const OncThread *thread = g_ptr_array_index (threads, i);

      counts[thread->level]++;
      level = MAX (level, thread->level);
    }

  if (hide_content)
    append_counts (body, counts);
  else
    append_threads (body, naming, threads);
  what = g_strdup_printf (ngettext ("%u thread is waiting", "%u threads are waiting", threads->len),
                          threads->len);

  self = popup_new (g_strdup (ONC_POPUP_SUMMARY_KEY), level);
  self->thread = first->number;
  self->title = with_level (level, what);
  self->body = g_string_free (body, FALSE);
  add_button_to_open (self);
  add_click (self);
  return self;
}

OncPopup *
onc_popup_new_notice (const char *key, const char *title, const char *body)
{
  OncPopup *self = popup_new (onc_popup_notice_key (key), ONC_LEVEL_URGENT);

  self->title = excerpt (title, NOTICE_MAX_CHARS, 1);
  self->body = excerpt (body, NOTICE_MAX_CHARS, NOTICE_MAX_LINES);
  self->category = category_trouble;
  self->sound = NULL;
  return self;
}

OncPopup *
onc_popup_ref (OncPopup *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
popup_clear (OncPopup *self)
{
  g_free (self->key);
  g_free (self->title);
  g_free (self->body);
  for (guint i = 0; i < self->n_actions; i++)
    g_free (self->actions[i].label);
}

void
onc_popup_unref (OncPopup *self)
{
  g_atomic_rc_box_release_full (self, (GDestroyNotify) popup_clear);
}

gboolean
onc_popup_looks_like (const OncPopup *self, const OncPopup *other)
{
  if (!g_str_equal (self->title, other->title) || !g_str_equal (self->body, other->body) ||
      !g_str_equal (self->icon, other->icon) || self->level != other->level ||
      self->thread != other->thread || self->n_actions != other->n_actions)
    return FALSE;
  for (guint i = 0; i < self->n_actions; i++)
    {
      if (!g_str_equal (self->actions[i].key, other->actions[i].key) ||
          !g_str_equal (self->actions[i].label, other->actions[i].label))
        return FALSE;
    }

  return TRUE;
}

char *
onc_popup_thread_key (guint32 number)
{
  return g_strdup_printf ("thread/%u", number);
}

char *
onc_popup_notice_key (const char *key)
{
  return g_strconcat ("notice/", key, NULL);
}
