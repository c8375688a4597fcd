/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "people.h"

static const char *
name_user (gpointer data, const char *team, const char *id)
{
  g_assert_cmpstr (team, ==, "T1");
  if (g_str_equal (id, "UADA"))
    return "Ada Lovelace";
  if (g_str_equal (id, "UBOB"))
    return "Bob";
  return g_str_equal (id, "UEVE") ? "<b>Eve</b> & \n <i>" : NULL;
}

static const char *
name_group (gpointer data, const char *team, const char *id)
{
  return g_str_equal (id, "SONCALL") ? "oncall" : NULL;
}

static const char *
name_channel (gpointer data, const char *team, const char *id)
{
  return g_str_equal (id, "C1") ? "support" : NULL;
}

const OncNaming people_naming = {
  .user = name_user,
  .group = name_group,
  .channel = name_channel,
};

OncOccasion
people_occasion (OncAlert kind, OncLevel level, OncSpan after)
{
  static GTimeZone *zone = NULL;

  if (zone == NULL)
    zone = g_time_zone_new_utc ();

  return (OncOccasion){
    .kind = kind,
    .level = level,
    .now = PEOPLE_OPENED + after,
    .zone = zone,
    .usual_promise = 30 * ONC_MINUTE,
  };
}

OncThread *
people_ask (guint32 number, OncLevel level, const char *text)
{
  OncThread *thread = onc_thread_new ("T1", "C1", "1772445600.000100");

  thread->number = number;
  thread->asker = g_strdup ("UADA");
  g_free (thread->text);
  thread->text = g_strdup (text);
  thread->root_known = TRUE;
  thread->level = level;
  thread->opened = PEOPLE_OPENED;
  thread->last_activity = PEOPLE_OPENED;
  thread->alarm_base = PEOPLE_OPENED;
  return thread;
}
