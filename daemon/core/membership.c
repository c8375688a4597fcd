/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "membership.h"

struct _OncMembership
{
  GHashTable *users; /* (owned) user ID → GArray of OncInstant: when they came, left, came ... */
  gboolean known;    /* it was said who all of them are */
};

OncMembership *
onc_membership_new (void)
{
  OncMembership *self = g_new0 (OncMembership, 1);

  self->users = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                       (GDestroyNotify) g_array_unref);
  return self;
}

void
onc_membership_free (OncMembership *self)
{
  g_hash_table_unref (self->users);
  g_free (self);
}

static gboolean
is_in (const GArray *turns)
{
  return turns->len % 2 == 1;
}

static void
turn (GArray *turns, OncInstant at)
{
  if (turns->len > 0)
    at = MAX (at, g_array_index (turns, OncInstant, turns->len - 1));
  g_array_append_val (turns, at);
}

static GArray *
ensure (OncMembership *self, const char *user)
{
  GArray *turns = g_hash_table_lookup (self->users, user);

  if (turns == NULL)
    {
      turns = g_array_new (FALSE, FALSE, sizeof (OncInstant));
      g_hash_table_insert (self->users, g_strdup (user), turns);
    }

  return turns;
}

void
onc_membership_join (OncMembership *self, const char *user, OncInstant at)
{
  GArray *turns = ensure (self, user);

  if (!is_in (turns))
    turn (turns, at);
}

void
onc_membership_leave (OncMembership *self, const char *user, OncInstant at)
{
  GArray *turns = g_hash_table_lookup (self->users, user);

  if (turns != NULL && is_in (turns))
    turn (turns, at);
}

void
onc_membership_set (OncMembership *self, const char *const *users, OncInstant at)
{
  GHashTableIter iter;
  gpointer user;
  gpointer turns;

  g_hash_table_iter_init (&iter, self->users);
  while (g_hash_table_iter_next (&iter, &user, &turns))
    {
      if (is_in (turns) && !g_strv_contains (users, user))
        turn (turns, at);
    }
  for (guint i = 0; users[i] != NULL; i++)
    onc_membership_join (self, users[i], self->known ? at : 0);
  self->known = TRUE;
}

gboolean
onc_membership_includes (const OncMembership *self, const char *user, OncInstant at)
{
  const GArray *turns = g_hash_table_lookup (self->users, user);
  gboolean in = FALSE;

  for (guint i = 0; turns != NULL && i < turns->len && g_array_index (turns, OncInstant, i) <= at;
       i++)
    in = !in;

  return in;
}

GStrv
onc_membership_list (const OncMembership *self)
{
  g_autoptr (GStrvBuilder) list = g_strv_builder_new ();
  GHashTableIter iter;
  gpointer user;
  gpointer turns;

  g_hash_table_iter_init (&iter, self->users);
  while (g_hash_table_iter_next (&iter, &user, &turns))
    {
      if (is_in (turns))
        g_strv_builder_add (list, user);
    }

  return g_strv_builder_end (list);
}

void
onc_membership_write (const OncMembership *self,
                      const char *group,
                      OncInstant before,
                      GString *text)
{
  GHashTableIter iter;
  gpointer user;
  gpointer value;

  g_hash_table_iter_init (&iter, self->users);
  while (g_hash_table_iter_next (&iter, &user, &value))
    {
      const GArray *turns = value;

      if (!is_in (turns) && g_array_index (turns, OncInstant, turns->len - 1) < before)
        continue;
      g_string_append_printf (text, "%s %s", group, (const char *) user);
      for (guint i = 0; i < turns->len; i++)
        g_string_append_printf (text, " %" G_GINT64_FORMAT, g_array_index (turns, OncInstant, i));
      g_string_append_c (text, '\n');
    }
}

void
onc_membership_read (OncMembership *self, const char *const *words)
{
  GArray *turns;

  if (words[0] == NULL || words[1] == NULL)
    return;
  turns = ensure (self, words[0]);
  for (guint i = 1; words[i] != NULL; i++)
    turn (turns, g_ascii_strtoll (words[i], NULL, 10));
  self->known = TRUE;
}
