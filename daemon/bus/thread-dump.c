/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "thread-dump.h"

#include "bus-private.h"
#include "error.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <sys/mman.h>
#include <unistd.h>

/* How much is kept before it is written, in bytes: memory does not grow with the list, and a write
 * costs next to nothing beside what it takes. */
#define CHUNK (64 * 1024)

GTimeZone *
onc_thread_dump_find_zone (const char *name, GError **error)
{
  GTimeZone *zone = name != NULL ? g_time_zone_new_identifier (name) : g_time_zone_new_local ();

  if (zone == NULL)
    g_set_error (error, ONC_ERROR, ONC_ERROR_INVALID_ARGUMENT,
                 _ ("“%s” is no time zone like Europe/Berlin"), name);
  return zone;
}

/* Writes @text, and empties it. */
static gboolean
drain (int fd, GString *text)
{
  for (gsize written = 0; written < text->len;)
    {
      ssize_t n = write (fd, text->str + written, text->len - written);

      if (n < 0 && errno != EINTR)
        return FALSE;
      written += n > 0 ? (gsize) n : 0;
    }
  g_string_truncate (text, 0);

  return TRUE;
}

static gboolean
write_threads (int fd, OncBus *bus, const GPtrArray *threads, GTimeZone *zone)
{
  g_autoptr (GString) text = g_string_sized_new (CHUNK);

  g_string_append_c (text, '[');
  for (guint i = 0; i < threads->len; i++)
    {
      if (i > 0)
        g_string_append_c (text, ',');
      onc_bus_append_json (bus, g_ptr_array_index (threads, i), text, zone);
      if (text->len >= CHUNK && !drain (fd, text))
        return FALSE;
    }
  g_string_append_c (text, ']');

  return drain (fd, text);
}

GUnixFDList *
onc_thread_dump_new (OncBus *bus, const GPtrArray *threads, GTimeZone *zone, GError **error)
{
  int fd = memfd_create ("oncalld-threads", MFD_CLOEXEC | MFD_ALLOW_SEALING);

  onc_bus_flush (bus);
  if (fd < 0 || !write_threads (fd, bus, threads, zone) || lseek (fd, 0, SEEK_SET) != 0 ||
      fcntl (fd, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE | F_SEAL_SEAL) != 0)
    {
      g_set_error (error, ONC_ERROR, ONC_ERROR_FAILED, _ ("The list cannot be written: %s"),
                   g_strerror (errno));
      if (fd >= 0)
        close (fd);
      return NULL;
    }

  return g_unix_fd_list_new_from_array (&fd, 1);
}
