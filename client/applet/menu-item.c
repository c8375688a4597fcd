/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "menu-item.h"

/* Takes over @properties, with the "type" and what else differs from the defaults. */
static OncMenuItem *
item_new (const char *key, GVariantDict *properties)
{
  OncMenuItem *self = g_new0 (OncMenuItem, 1);

  self->key = g_strdup (key);
  self->properties = g_variant_ref_sink (g_variant_dict_end (properties));
  self->children = g_ptr_array_new_with_free_func ((GDestroyNotify) onc_menu_item_free);
  return self;
}

static OncMenuItem *
add (OncMenuItem *self, const char *key, GVariantDict *properties)
{
  OncMenuItem *item = item_new (key, properties);

  g_ptr_array_add (self->children, item);
  return item;
}

OncMenuItem *
onc_menu_item_new_root (void)
{
  g_auto (GVariantDict) properties = G_VARIANT_DICT_INIT (NULL);

  g_variant_dict_insert (&properties, "children-display", "s", "submenu");
  return item_new ("", &properties);
}

void
onc_menu_item_free (OncMenuItem *self)
{
  g_free (self->key);
  g_variant_unref (self->properties);
  g_ptr_array_unref (self->children);
  g_free (self);
}

/* An underscore alone would mark the next letter as the one for the keyboard. */
static void
insert_label (GVariantDict *properties, const char *label)
{
  g_autoptr (GString) escaped = g_string_new (label);

  g_string_replace (escaped, "_", "__", 0);
  g_variant_dict_insert (properties, "label", "s", escaped->str);
}

OncMenuItem *
onc_menu_item_add (OncMenuItem *self, const char *key, const char *label, const OncErrand *errand)
{
  g_auto (GVariantDict) properties = G_VARIANT_DICT_INIT (NULL);
  OncMenuItem *item;

  insert_label (&properties, label);
  if (errand == NULL)
    g_variant_dict_insert (&properties, "enabled", "b", FALSE);
  item = add (self, key, &properties);
  if (errand != NULL)
    item->errand = *errand;

  return item;
}

OncMenuItem *
onc_menu_item_add_submenu (OncMenuItem *self, const char *key, const char *label)
{
  g_auto (GVariantDict) properties = G_VARIANT_DICT_INIT (NULL);

  insert_label (&properties, label);
  g_variant_dict_insert (&properties, "children-display", "s", "submenu");
  return add (self, key, &properties);
}

static gboolean
is_separator (const OncMenuItem *self)
{
  return !g_variant_lookup (self->properties, "label", "&s", NULL);
}

void
onc_menu_item_add_separator (OncMenuItem *self, const char *key)
{
  g_auto (GVariantDict) properties = G_VARIANT_DICT_INIT (NULL);

  if (self->children->len == 0 ||
      is_separator (g_ptr_array_index (self->children, self->children->len - 1)))
    return;
  g_variant_dict_insert (&properties, "type", "s", "separator");
  add (self, key, &properties);
}

OncMenuItem *
onc_menu_item_find (OncMenuItem *self, gint32 id)
{
  OncMenuItem *found = self->id == id ? self : NULL;

  for (guint i = 0; found == NULL && i < self->children->len; i++)
    found = onc_menu_item_find (g_ptr_array_index (self->children, i), id);

  return found;
}

gboolean
onc_menu_item_has_shape_of (const OncMenuItem *self, const OncMenuItem *other)
{
  if (self->id != other->id || self->children->len != other->children->len)
    return FALSE;

  for (guint i = 0; i < self->children->len; i++)
    {
      if (!onc_menu_item_has_shape_of (g_ptr_array_index (self->children, i),
                                       g_ptr_array_index (other->children, i)))
        return FALSE;
    }

  return TRUE;
}

GVariant *
onc_menu_item_filter_properties (const OncMenuItem *self, const char *const *names)
{
  g_auto (GVariantDict) wanted = G_VARIANT_DICT_INIT (NULL);
  GVariantIter iter;
  const char *name;
  GVariant *value;

  if (names == NULL || names[0] == NULL)
    return self->properties;

  g_variant_iter_init (&iter, self->properties);
  while (g_variant_iter_loop (&iter, "{&sv}", &name, &value))
    {
      if (g_strv_contains (names, name))
        g_variant_dict_insert_value (&wanted, name, value);
    }

  return g_variant_dict_end (&wanted);
}

GVariant *
onc_menu_item_layout (const OncMenuItem *self, int depth, const char *const *names)
{
  GVariantBuilder children;

  g_variant_builder_init (&children, G_VARIANT_TYPE ("av"));
  for (guint i = 0; depth != 0 && i < self->children->len; i++)
    g_variant_builder_add (&children, "v",
                           onc_menu_item_layout (g_ptr_array_index (self->children, i),
                                                 depth > 0 ? depth - 1 : depth, names));

  return g_variant_new ("(i@a{sv}av)", self->id, onc_menu_item_filter_properties (self, names),
                        &children);
}
