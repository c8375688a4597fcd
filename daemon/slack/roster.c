/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "roster.h"

#include "error.h"

#include <glib/gi18n.h>
#include <string.h>

#define N_KINDS (ONC_ROSTER_CHANNEL + 1)

/* The key of what there is one of. */
#define ONLY ""

struct _OncRoster
{
  GHashTable *rows[N_KINDS]; /* (owned) ID → OncRosterRow; none for MEMBER */
  GHashTable *members;       /* (owned) group's ID → set of users' IDs */
};

OncRosterRow *
onc_roster_row_new (OncRosterKind kind,
                    const char *id,
                    const char *name,
                    const char *handle,
                    const char *zone,
                    gboolean bot)
{
  OncRosterRow *self = g_new0 (OncRosterRow, 1);

  self->kind = kind;
  self->id = g_strdup (id);
  self->name = g_strdup (name);
  self->handle = g_strdup (handle);
  self->zone = g_strdup (zone);
  self->bot = bot;
  return self;
}

void
onc_roster_row_free (OncRosterRow *self)
{
  g_free (self->id);
  g_free (self->name);
  g_free (self->handle);
  g_free (self->zone);
  g_free (self);
}

OncRoster *
onc_roster_new (void)
{
  OncRoster *self = g_new0 (OncRoster, 1);

  for (guint kind = 0; kind < N_KINDS; kind++)
    self->rows[kind] = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                              (GDestroyNotify) onc_roster_row_free);
  self->members = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                         (GDestroyNotify) g_hash_table_unref);

  return self;
}

void
onc_roster_free (OncRoster *self)
{
  for (guint kind = 0; kind < N_KINDS; kind++)
    g_hash_table_unref (self->rows[kind]);
  g_hash_table_unref (self->members);
  g_free (self);
}

static const char *
key_of (OncRosterKind kind, const char *id)
{
  return kind == ONC_ROSTER_TEAM || kind == ONC_ROSTER_ME ? ONLY : id;
}

static gboolean
rows_equal (const OncRosterRow *a, const OncRosterRow *b)
{
  return g_str_equal (a->id, b->id) && g_strcmp0 (a->name, b->name) == 0 &&
         g_strcmp0 (a->handle, b->handle) == 0 && g_strcmp0 (a->zone, b->zone) == 0 &&
         a->bot == b->bot;
}

gboolean
onc_roster_put (OncRoster *self, const OncRosterRow *row)
{
  const char *key = key_of (row->kind, row->id);
  const OncRosterRow *known = g_hash_table_lookup (self->rows[row->kind], key);

  if (row->kind == ONC_ROSTER_MEMBER)
    {
      const char *const added[] = { row->handle, NULL };

      if (!g_hash_table_contains (self->members, row->id))
        return onc_roster_set_members (self, row->id, added);
      return onc_roster_change_members (self, row->id, added, NULL);
    }

  if (known != NULL && rows_equal (known, row))
    return FALSE;
  g_hash_table_replace (
      self->rows[row->kind], g_strdup (key),
      onc_roster_row_new (row->kind, row->id, row->name, row->handle, row->zone, row->bot));
  return TRUE;
}

gboolean
onc_roster_remove (OncRoster *self, OncRosterKind kind, const char *id)
{
  if (kind == ONC_ROSTER_GROUP)
    g_hash_table_remove (self->members, id);
  return g_hash_table_remove (self->rows[kind], key_of (kind, id));
}

const OncRosterRow *
onc_roster_get (const OncRoster *self, OncRosterKind kind, const char *id)
{
  return g_hash_table_lookup (self->rows[kind], key_of (kind, id));
}

guint
onc_roster_count (const OncRoster *self, OncRosterKind kind)
{
  return g_hash_table_size (self->rows[kind]);
}

/* Returns: (transfer full): the keys of @table, in no order. */
static GStrv
copy_keys (GHashTable *table)
{
  g_autoptr (GStrvBuilder) keys = g_strv_builder_new ();
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, table);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    g_strv_builder_add (keys, key);

  return g_strv_builder_end (keys);
}

GStrv
onc_roster_list (const OncRoster *self, OncRosterKind kind)
{
  return copy_keys (self->rows[kind]);
}

static int
compare_strings (const void *a, const void *b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

GStrv
onc_roster_get_members (const OncRoster *self, const char *group)
{
  GHashTable *members = g_hash_table_lookup (self->members, group);
  GStrv list;

  if (members == NULL)
    return NULL;
  list = copy_keys (members);
  qsort (list, g_strv_length (list), sizeof *list, compare_strings);
  return list;
}

gboolean
onc_roster_set_members (OncRoster *self, const char *group, const char *const *members)
{
  GHashTable *known = g_hash_table_lookup (self->members, group);
  GHashTable *set;
  gboolean same = known != NULL;

  if (members == NULL)
    return g_hash_table_remove (self->members, group);

  set = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; members[i] != NULL; i++)
    {
      g_hash_table_add (set, g_strdup (members[i]));
      same = same && g_hash_table_contains (known, members[i]);
    }
  same = same && g_hash_table_size (set) == g_hash_table_size (known);
  g_hash_table_replace (self->members, g_strdup (group), set);

  return !same;
}

gboolean
onc_roster_change_members (OncRoster *self,
                           const char *group,
                           const char *const *added,
                           const char *const *removed)
{
  GHashTable *members = g_hash_table_lookup (self->members, group);
  gboolean changed = FALSE;

  if (members == NULL)
    return FALSE;
  for (guint i = 0; added != NULL && added[i] != NULL; i++)
    changed |= g_hash_table_add (members, g_strdup (added[i]));
  for (guint i = 0; removed != NULL && removed[i] != NULL; i++)
    changed |= g_hash_table_remove (members, removed[i]);

  return changed;
}

/* Whether @name is an ID that begins with one of @initials. Handles and channels' names are never
 * in capitals, so that it cannot be one of them. */
static gboolean
is_id (const char *name, const char *initials)
{
  if (*name == '\0' || strchr (initials, *name) == NULL || name[1] == '\0')
    return FALSE;
  for (const char *c = name; *c != '\0'; c++)
    {
      if (!g_ascii_isupper (*c) && !g_ascii_isdigit (*c))
        return FALSE;
    }

  return TRUE;
}

/* Returns: (transfer none) (nullable): the one row of @kind whose handle (@by_name: whose name) is
 * @wanted, in any case. *@n_found: how many there are. */
static const OncRosterRow *
search (
    const OncRoster *self, OncRosterKind kind, gboolean by_name, const char *wanted, guint *n_found)
{
  g_autofree char *folded = g_utf8_casefold (wanted, -1);
  const OncRosterRow *found = NULL;
  GHashTableIter iter;
  gpointer value;

  *n_found = 0;
  g_hash_table_iter_init (&iter, self->rows[kind]);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const OncRosterRow *row = value;
      const char *own = by_name ? row->name : row->handle;
      g_autofree char *own_folded = own != NULL ? g_utf8_casefold (own, -1) : NULL;

      if (own_folded != NULL && g_str_equal (own_folded, folded))
        {
          found = row;
          (*n_found)++;
        }
    }

  return found;
}

const char *
onc_roster_find_person (const OncRoster *self, const char *name, GError **error)
{
  static const char *const specials[] = { "!here", "!channel", "!everyone" };
  static const struct
  {
    OncRosterKind kind;
    gboolean by_name;
  } ways[] = { { ONC_ROSTER_GROUP, FALSE }, { ONC_ROSTER_USER, FALSE }, { ONC_ROSTER_USER, TRUE } };
  const char *bare = *name == '@' || *name == '!' ? name + 1 : name;

  for (guint i = 0; i < G_N_ELEMENTS (specials); i++)
    {
      if (g_str_equal (specials[i] + 1, bare))
        return specials[i];
    }
  if (is_id (bare, "USWB"))
    return bare;

  for (guint i = 0; i < G_N_ELEMENTS (ways); i++)
    {
      guint n_found;
      const OncRosterRow *row = search (self, ways[i].kind, ways[i].by_name, bare, &n_found);

      if (n_found == 1)
        return row->id;
      if (n_found > 1)
        {
          g_set_error (error, ONC_ERROR, ONC_ERROR_INVALID_ARGUMENT,
                       _ ("%u people in Slack are called “%s”; give a handle or an ID"), n_found,
                       name);
          return NULL;
        }
    }

  g_set_error (error, ONC_ERROR, ONC_ERROR_NOT_FOUND,
               _ ("There is no person or user group “%s” in Slack"), name);
  return NULL;
}

const char *
onc_roster_find_channel (const OncRoster *self, const char *name, GError **error)
{
  const char *bare = *name == '#' ? name + 1 : name;
  const OncRosterRow *row;
  guint n_found;

  if (is_id (bare, "CGD"))
    return bare;
  row = search (self, ONC_ROSTER_CHANNEL, TRUE, bare, &n_found);
  if (row == NULL)
    {
      g_set_error (error, ONC_ERROR, ONC_ERROR_NOT_FOUND,
                   _ ("There is no channel “%s” in Slack, or the token may not see it"), name);
      return NULL;
    }

  return row->id;
}

GPtrArray *
onc_roster_dump (const OncRoster *self)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify) onc_roster_row_free);
  GHashTableIter iter;
  gpointer key;
  gpointer value;

  for (guint kind = 0; kind < N_KINDS; kind++)
    {
      g_hash_table_iter_init (&iter, self->rows[kind]);
      while (g_hash_table_iter_next (&iter, NULL, &value))
        {
          const OncRosterRow *row = value;

          g_ptr_array_add (rows, onc_roster_row_new (row->kind, row->id, row->name, row->handle,
                                                     row->zone, row->bot));
        }
    }

  g_hash_table_iter_init (&iter, self->members);
  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      g_auto (GStrv) members = onc_roster_get_members (self, key);

      for (guint i = 0; members[i] != NULL; i++)
        g_ptr_array_add (
            rows, onc_roster_row_new (ONC_ROSTER_MEMBER, key, NULL, members[i], NULL, FALSE));
    }

  return rows;
}
