/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "thread-properties.h"

#include "json-text.h"
#include "names.h"

typedef struct
{
  const char *name; /* on D-Bus */
  guint changes;    /* what touches it; 0: it stays as it is */
  GVariant *(*get) (const OncThread *thread, const OncNaming *naming); /* (transfer floating) */
} Property;

/* What g_variant_builder_add() does for "{sv}", in a third of its time: each thread has 21 of them.
 * @value: (transfer floating). */
static void
add (GVariantBuilder *builder, const char *key, GVariant *value)
{
  g_variant_builder_add_value (builder, g_variant_new_dict_entry (g_variant_new_string (key),
                                                                  g_variant_new_variant (value)));
}

static GVariant *
string_or_empty (const char *string)
{
  return g_variant_new_string (string != NULL ? string : "");
}

static GVariant *
get_number (const OncThread *thread, const OncNaming *naming)
{
  return g_variant_new_uint32 (thread->number);
}

static GVariant *
get_workspace (const OncThread *thread, const OncNaming *naming)
{
  return g_variant_new_string (thread->team);
}

static GVariant *
get_channel (const OncThread *thread, const OncNaming *naming)
{
  return g_variant_new_string (thread->channel);
}

static GVariant *
get_channel_name (const OncThread *thread, const OncNaming *naming)
{
  return g_variant_new_string (onc_naming_channel (naming, thread->team, thread->channel));
}

static GVariant *
get_timestamp (const OncThread *thread, const OncNaming *naming)
{
  return g_variant_new_string (thread->ts);
}

static GVariant *
get_permalink (const OncThread *thread, const OncNaming *naming)
{
  char *permalink = onc_naming_permalink (naming, thread->team, thread->channel, thread->ts,
                                          thread->ts);

  return permalink != NULL ? g_variant_new_take_string (permalink) : g_variant_new_string ("");
}

static GVariant *
get_asker (const OncThread *thread, const OncNaming *naming)
{
  return string_or_empty (thread->asker);
}

static GVariant *
get_asker_name (const OncThread *thread, const OncNaming *naming)
{
  return string_or_empty (
      thread->asker != NULL ? onc_naming_user (naming, thread->team, thread->asker) : NULL);
}

static GVariant *
get_text (const OncThread *thread, const OncNaming *naming)
{
  return g_variant_new_take_string (onc_naming_plain_text (naming, thread->team, thread->text));
}

static GVariant *
get_level (const OncThread *thread, const OncNaming *naming)
{
  return g_variant_new_string (onc_level_to_string (thread->level));
}

static GVariant *
get_state (const OncThread *thread, const OncNaming *naming)
{
  return g_variant_new_string (onc_state_to_string (thread->state));
}

static GVariant *
get_lookers (const OncThread *thread, const OncNaming *naming)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a(ssxs)"));
  for (guint i = 0; i < thread->lookers->len; i++)
    {
      const OncLooker *looker = g_ptr_array_index (thread->lookers, i);

      GVariant *fields[] = {
        g_variant_new_string (looker->user),
        g_variant_new_string (onc_naming_user (naming, thread->team, looker->user)),
        g_variant_new_int64 (looker->since),
        g_variant_new_string (onc_look_to_string (looker->how)),
      };

      g_variant_builder_add_value (&builder, g_variant_new_tuple (fields, G_N_ELEMENTS (fields)));
    }

  return g_variant_builder_end (&builder);
}

static GVariant *
get_categories (const OncThread *thread, const OncNaming *naming)
{
  return g_variant_new_strv ((const char *const *) thread->categories->pdata,
                             (gssize) thread->categories->len);
}

static GVariant *
get_opened (const OncThread *thread, const OncNaming *naming)
{
  return g_variant_new_int64 (thread->opened);
}

static GVariant *
get_first_response (const OncThread *thread, const OncNaming *naming)
{
  return g_variant_new_int64 (thread->first_response);
}

static GVariant *
get_last_activity (const OncThread *thread, const OncNaming *naming)
{
  return g_variant_new_int64 (thread->last_activity);
}

static GVariant *
get_replies (const OncThread *thread, const OncNaming *naming)
{
  return g_variant_new_uint32 (thread->replies);
}

GVariant *
onc_thread_properties_promise (const OncThread *thread,
                               const OncPromise *promise,
                               const OncNaming *naming)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE_VARDICT);
  add (&builder, ONC_PROMISE_KEY_ID, string_or_empty (promise->ts));
  add (&builder, ONC_PROMISE_KEY_BY, g_variant_new_string (promise->by));
  add (&builder, ONC_PROMISE_KEY_BY_NAME,
       g_variant_new_string (onc_naming_user (naming, thread->team, promise->by)));
  add (&builder, ONC_PROMISE_KEY_DUE, g_variant_new_int64 (promise->due));
  add (&builder, ONC_PROMISE_KEY_SPAN, g_variant_new_int64 (promise->due - promise->made));
  add (&builder, ONC_PROMISE_KEY_STATE,
       g_variant_new_string (onc_promise_state_to_string (promise->state)));
  add (&builder, ONC_PROMISE_KEY_TEXT, string_or_empty (promise->words));
  add (&builder, ONC_PROMISE_KEY_SOURCE,
       g_variant_new_string (promise->ts != NULL ? ONC_PROMISE_SOURCE_MESSAGE
                                                 : ONC_PROMISE_SOURCE_PENDING));

  return g_variant_builder_end (&builder);
}

static GVariant *
get_promises (const OncThread *thread, const OncNaming *naming)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("aa{sv}"));
  for (guint i = 0; i < thread->promises->len; i++)
    g_variant_builder_add_value (
        &builder,
        onc_thread_properties_promise (thread, g_ptr_array_index (thread->promises, i), naming));

  return g_variant_builder_end (&builder);
}

static GVariant *
get_next_due (const OncThread *thread, const OncNaming *naming)
{
  return g_variant_new_int64 (thread->next_due);
}

static GVariant *
get_needed_by (const OncThread *thread, const OncNaming *naming)
{
  return g_variant_new_int64 (thread->needed_by);
}

static GVariant *
get_snoozed_until (const OncThread *thread, const OncNaming *naming)
{
  return g_variant_new_int64 (thread->snoozed);
}

static const Property properties[] = {
  { "Number", 0, get_number },
  { "Workspace", 0, get_workspace },
  { "Channel", 0, get_channel },
  { "ChannelName", ONC_CHANGE_NAMES, get_channel_name },
  { "Timestamp", 0, get_timestamp },
  { "Permalink", ONC_CHANGE_NAMES, get_permalink },
  { "Asker", ONC_CHANGE_TEXT, get_asker },
  { "AskerName", ONC_CHANGE_TEXT | ONC_CHANGE_NAMES, get_asker_name },
  { "Text", ONC_CHANGE_TEXT | ONC_CHANGE_NAMES, get_text },
  { "Level", ONC_CHANGE_LEVEL, get_level },
  { "State", ONC_CHANGE_STATE, get_state },
  { "Lookers", ONC_CHANGE_LOOKERS | ONC_CHANGE_NAMES, get_lookers },
  { "Categories", ONC_CHANGE_CATEGORIES, get_categories },
  { "Opened", ONC_CHANGE_TEXT, get_opened },
  { "FirstResponse", ONC_CHANGE_LOOKERS, get_first_response },
  { "LastActivity", ONC_CHANGE_ACTIVITY, get_last_activity },
  { "Replies", ONC_CHANGE_ACTIVITY, get_replies },
  { "Promises", ONC_CHANGE_PROMISES | ONC_CHANGE_NAMES, get_promises },
  { "NextDue", ONC_CHANGE_PROMISES, get_next_due },
  { "NeededBy", ONC_CHANGE_DEADLINE, get_needed_by },
  { "SnoozedUntil", ONC_CHANGE_SNOOZE, get_snoozed_until },
};

#define N_PROPERTIES G_N_ELEMENTS (properties)

struct _OncThreadValues
{
  GVariant *values[N_PROPERTIES]; /* (owned) in the order of `properties` */
};

OncThreadValues *
onc_thread_values_new (const OncThread *thread, const OncNaming *naming)
{
  OncThreadValues *self = g_new (OncThreadValues, 1);

  for (guint i = 0; i < N_PROPERTIES; i++)
    self->values[i] = g_variant_ref_sink (properties[i].get (thread, naming));

  return self;
}

void
onc_thread_values_free (OncThreadValues *self)
{
  for (guint i = 0; i < N_PROPERTIES; i++)
    g_variant_unref (self->values[i]);
  g_free (self);
}

GVariant *
onc_thread_values_update (OncThreadValues *self,
                          const OncThread *thread,
                          const OncNaming *naming,
                          guint changes)
{
  GVariantBuilder builder;
  gboolean differs = FALSE;

  g_variant_builder_init (&builder, G_VARIANT_TYPE_VARDICT);
  for (guint i = 0; i < N_PROPERTIES; i++)
    {
      g_autoptr (GVariant) value = NULL;

      if (((properties[i].changes | ONC_CHANGE_APPEARED) & changes) == 0)
        continue;
      value = g_variant_ref_sink (properties[i].get (thread, naming));
      if (g_variant_equal (value, self->values[i]))
        continue;

      differs = TRUE;
      add (&builder, properties[i].name, value);
      g_variant_unref (self->values[i]);
      self->values[i] = g_steal_pointer (&value);
    }

  if (differs)
    return g_variant_builder_end (&builder);
  g_variant_builder_clear (&builder);
  return NULL;
}

GVariant *
onc_thread_values_get (const OncThreadValues *self, const char *property)
{
  guint i = 0;

  while (!g_str_equal (properties[i].name, property))
    {
      i++;
      g_assert (i < N_PROPERTIES);
    }

  return self->values[i];
}

void
onc_thread_values_add_to (const OncThreadValues *self, GVariantBuilder *dictionary)
{
  for (guint i = 0; i < N_PROPERTIES; i++)
    add (dictionary, properties[i].name, self->values[i]);
}

void
onc_thread_values_append_json (const OncThreadValues *self, GString *out, GTimeZone *zone)
{
  for (guint i = 0; i < N_PROPERTIES; i++)
    {
      g_string_append_c (out, i == 0 ? '{' : ',');
      onc_json_text_append_member (out, properties[i].name, self->values[i], zone);
    }
  g_string_append_c (out, '}');
}

/* @names: the properties' names, so that many dictionaries share them. */
static GVariant *
to_dictionary (const OncThread *thread, const OncNaming *naming, GVariant *const *names)
{
  GVariant *entries[N_PROPERTIES];

  for (guint i = 0; i < N_PROPERTIES; i++)
    entries[i] = g_variant_new_dict_entry (
        names[i], g_variant_new_variant (properties[i].get (thread, naming)));

  return g_variant_new_array (G_VARIANT_TYPE ("{sv}"), entries, N_PROPERTIES);
}

GVariant *
onc_thread_properties_list (const GPtrArray *threads, const OncNaming *naming)
{
  GVariant *names[N_PROPERTIES];
  g_autofree GVariant **dictionaries = g_new (GVariant *, threads->len);
  GVariant *list;

  for (guint i = 0; i < N_PROPERTIES; i++)
    names[i] = g_variant_ref_sink (g_variant_new_string (properties[i].name));
  for (guint i = 0; i < threads->len; i++)
    dictionaries[i] = to_dictionary (g_ptr_array_index (threads, i), naming, names);
  list = g_variant_new_array (G_VARIANT_TYPE_VARDICT, dictionaries, threads->len);
  for (guint i = 0; i < N_PROPERTIES; i++)
    g_variant_unref (names[i]);

  return list;
}
