/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* What a person does on a popup, and what becomes of it. */

#include "app-private.h"
#include "log.h"
#include "names.h"

#include <glib/gi18n.h>

/* Keys of the popups about what was wished. */
#define NOTICE_REFUSED "refused"
#define NOTICE_BOT     "bot"

static void
on_popup_done (const GError *error, gpointer user_data)
{
  OncApp *self = user_data;

  if (error != NULL)
    onc_notifier_show_notice (self->notifier, NOTICE_REFUSED, _ ("That did not work"),
                              error->message);
}

/* Returns: (transfer none) (nullable): what the button with @key does; NULL: it opens the thread,
 * which is where an update is written. */
static const OncAction *
find_popup_action (const char *key)
{
  static const struct
  {
    const char *key;
    OncAction action;
  } buttons[] = {
    { ONC_POPUP_CLAIM, { .kind = ONC_ACTION_CLAIM } },
    { ONC_POPUP_PROMISE, { .kind = ONC_ACTION_PROMISE } },
    { ONC_POPUP_EXTEND, { .kind = ONC_ACTION_EXTEND_PROMISE, .by = ONC_POPUP_EXTENSION } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (buttons); i++)
    {
      if (g_str_equal (key, buttons[i].key))
        return &buttons[i].action;
    }

  return NULL;
}

static void
on_popup_action (OncNotifier *notifier,
                 guint number,
                 const char *key,
                 const char *activation_token,
                 gpointer user_data)
{
  OncApp *self = user_data;
  const OncAction *action;
  g_autoptr (GError) error = NULL;
  g_autoptr (OncThread) thread = onc_pipeline_find_number (self->pipeline, number, &error);

  onc_info ("a person chose '%s' on the popup of thread %u", key, number);
  if (thread == NULL)
    {
      on_popup_done (error, self);
    }
  else if ((action = find_popup_action (key)) != NULL)
    {
      onc_app_act (self, thread, action, TRUE, on_popup_done, self);
    }
  else
    {
      onc_app_open (self, thread, activation_token, on_popup_done, self);
    }
}

static void
on_popup_reply (OncNotifier *notifier, guint number, const char *text, gpointer user_data)
{
  OncApp *self = user_data;
  const OncAction action = { .kind = ONC_ACTION_REPLY, .text = text };
  g_autoptr (GError) error = NULL;
  g_autoptr (OncThread) thread = onc_pipeline_find_number (self->pipeline, number, &error);

  onc_info ("a person replied on the popup of thread %u", number);
  if (thread == NULL)
    on_popup_done (error, self);
  else
    onc_app_act (self, thread, &action, TRUE, on_popup_done, self);
}

void
onc_app_watch_popups (OncApp *self)
{
  g_signal_connect (self->notifier, "action", G_CALLBACK (on_popup_action), self);
  g_signal_connect (self->notifier, "reply", G_CALLBACK (on_popup_reply), self);
}

void
onc_app_tell_refusal (OncApp *self, guint number, gboolean reply, const GError *error)
{
  g_autofree char *title = error->domain != ONC_API_ERROR
                               ? g_strdup_printf (_ ("Your reply in thread %u came too late"),
                                                  number)
                           : reply ? g_strdup_printf (_ ("Slack refused your reply in thread %u"),
                                                      number)
                                   : g_strdup_printf (_ ("Slack refused your emoji on thread %u"),
                                                      number);

  onc_notifier_show_notice (self->notifier, NOTICE_REFUSED, title, error->message);
}

void
onc_app_tell_whose_name (OncApp *self)
{
  if (!self->tokens->bot || self->bot_told)
    return;

  self->bot_told = TRUE;
  onc_notifier_show_notice (self->notifier, NOTICE_BOT, _ ("Written under your Slack app's name"),
                            _ ("oncalld has a bot's token. With a user token (xoxp-), claims and "
                               "replies are in your own name."));
}
