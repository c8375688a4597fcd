/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "mock-canberra.h"

#include <stdarg.h>

#include <canberra.h>

struct ca_context
{
  int unused;
};

static ca_context only;
static GString *played; /* (owned) (nullable) under the lock */
static GMutex lock;

char *
mock_canberra_take (void)
{
  char *sounds;

  g_mutex_lock (&lock);
  sounds = played != NULL ? g_string_free (g_steal_pointer (&played), FALSE) : g_strdup ("");
  g_mutex_unlock (&lock);
  return sounds;
}

int
ca_context_create (ca_context **context)
{
  *context = &only;
  return CA_SUCCESS;
}

int
ca_context_destroy (ca_context *context)
{
  return CA_SUCCESS;
}

int
ca_context_change_props (ca_context *context, ...)
{
  return CA_SUCCESS;
}

int
ca_context_play (ca_context *context, guint32 id, ...)
{
  va_list properties;
  const char *key;

  g_mutex_lock (&lock);
  va_start (properties, id);
  while ((key = va_arg (properties, const char *)) != NULL)
    {
      const char *value = va_arg (properties, const char *);

      if (!g_str_equal (key, CA_PROP_EVENT_ID))
        continue;
      if (played == NULL)
        played = g_string_new (NULL);
      g_string_append_printf (played, "%s%s", played->len > 0 ? " " : "", value);
    }
  va_end (properties);
  g_mutex_unlock (&lock);
  return CA_SUCCESS;
}
