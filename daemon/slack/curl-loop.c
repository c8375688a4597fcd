/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "curl-loop.h"

#include "error.h"

/* Connections kept for reuse: to one host, by a handful of parallel calls. */
#define MAX_IDLE_CONNECTIONS 8L

/* A socket that libcurl wants watched. */
typedef struct
{
  curl_socket_t fd;
  gpointer tag; /* (unowned) of g_source_add_unix_fd() */
} Watch;

/* What has happened on a socket, as CURL_CSELECT flags. */
typedef struct
{
  curl_socket_t fd;
  int events;
} Ready;

struct _OncCurlLoop
{
  CURLM *multi;    /* (owned) */
  GSource *source; /* (owned) */
  GArray *watches; /* (owned) of Watch */
};

struct _OncTransfer
{
  OncCurlLoop *loop; /* (owned) */
  CURL *easy;        /* (owned) */
  OncTransferFunc done;
  gpointer user_data;          /* (unowned) */
  char error[CURL_ERROR_SIZE]; /* what libcurl says in words; often empty */
};

typedef struct
{
  GSource parent;
  OncCurlLoop *loop; /* (unowned) destroys the source before itself */
} LoopSource;

static GIOCondition
to_condition (int what)
{
  /* Errors are watched always, so that they can be handed on: a socket that hung up and is not
   * asked for would wake the loop for ever. */
  GIOCondition condition = G_IO_ERR | G_IO_HUP;

  if ((what & CURL_POLL_IN) != 0)
    condition |= G_IO_IN;
  if ((what & CURL_POLL_OUT) != 0)
    condition |= G_IO_OUT;

  return condition;
}

static int
to_events (GIOCondition condition)
{
  int events = 0;

  if ((condition & G_IO_IN) != 0)
    events |= CURL_CSELECT_IN;
  if ((condition & G_IO_OUT) != 0)
    events |= CURL_CSELECT_OUT;
  if ((condition & (G_IO_ERR | G_IO_HUP)) != 0)
    events |= CURL_CSELECT_ERR;

  return events;
}

/* libcurl tells what to watch. It must not be called back from here. */
static int
on_socket (CURL *easy, curl_socket_t fd, int what, void *user_data, void *socket_data)
{
  OncCurlLoop *self = user_data;
  guint i = 0;

  while (i < self->watches->len && g_array_index (self->watches, Watch, i).fd != fd)
    i++;

  if (i == self->watches->len && what != CURL_POLL_REMOVE)
    {
      Watch watch = { .fd = fd,
                      .tag = g_source_add_unix_fd (self->source, fd, to_condition (what)) };

      g_array_append_val (self->watches, watch);
    }
  else if (i < self->watches->len && what == CURL_POLL_REMOVE)
    {
      /* At once: the number of the descriptor may be that of another one in a moment */
      g_source_remove_unix_fd (self->source, g_array_index (self->watches, Watch, i).tag);
      g_array_remove_index_fast (self->watches, i);
    }
  else if (i < self->watches->len)
    {
      g_source_modify_unix_fd (self->source, g_array_index (self->watches, Watch, i).tag,
                               to_condition (what));
    }

  return 0;
}

/* libcurl wants to be called in @timeout_ms, once; -1: not any more. */
static int
on_timer (CURLM *multi, long timeout_ms, void *user_data)
{
  OncCurlLoop *self = user_data;

  g_source_set_ready_time (self->source,
                           timeout_ms < 0 ? -1 : g_get_monotonic_time () + timeout_ms * 1000);
  return 0;
}

/* Hands on the results that there are. */
static void
report_results (OncCurlLoop *self)
{
  CURLMsg *message;
  int n_left;

  while ((message = curl_multi_info_read (self->multi, &n_left)) != NULL)
    {
      CURLcode result = message->data.result; /* the message dies with the handle's removal */
      OncTransfer *transfer = NULL;

      curl_easy_getinfo (message->easy_handle, CURLINFO_PRIVATE, (char **) &transfer);
      transfer->done (transfer, result, transfer->user_data);
    }
}

static gboolean
dispatch (GSource *source, GSourceFunc callback, gpointer user_data)
{
  g_autoptr (OncCurlLoop) self = onc_curl_loop_ref (((LoopSource *) source)->loop);
  g_autoptr (GArray) ready = g_array_new (FALSE, FALSE, sizeof (Ready));
  gint64 ready_time = g_source_get_ready_time (source);
  int n_running;

  /* First what is ready, then the calls, which change what is watched */
  for (guint i = 0; i < self->watches->len; i++)
    {
      const Watch *watch = &g_array_index (self->watches, Watch, i);
      Ready event = { .fd = watch->fd,
                      .events = to_events (g_source_query_unix_fd (source, watch->tag)) };

      if (event.events != 0)
        g_array_append_val (ready, event);
    }

  if (ready_time != -1 && ready_time <= g_source_get_time (source))
    {
      /* The timer goes off once; the call may set it anew */
      g_source_set_ready_time (source, -1);
      curl_multi_socket_action (self->multi, CURL_SOCKET_TIMEOUT, 0, &n_running);
    }
  for (guint i = 0; i < ready->len; i++)
    {
      const Ready *event = &g_array_index (ready, Ready, i);

      curl_multi_socket_action (self->multi, event->fd, event->events, &n_running);
    }
  report_results (self);

  return G_SOURCE_CONTINUE;
}

static GSourceFuncs source_funcs = { .dispatch = dispatch };

OncCurlLoop *
onc_curl_loop_new (void)
{
  OncCurlLoop *self = g_rc_box_new0 (OncCurlLoop);

  self->watches = g_array_new (FALSE, FALSE, sizeof (Watch));
  self->source = g_source_new (&source_funcs, sizeof (LoopSource));
  ((LoopSource *) self->source)->loop = self;
  g_source_set_static_name (self->source, "libcurl");
  g_source_attach (self->source, g_main_context_get_thread_default ());

  self->multi = curl_multi_init ();
  curl_multi_setopt (self->multi, CURLMOPT_SOCKETFUNCTION, on_socket);
  curl_multi_setopt (self->multi, CURLMOPT_SOCKETDATA, self);
  curl_multi_setopt (self->multi, CURLMOPT_TIMERFUNCTION, on_timer);
  curl_multi_setopt (self->multi, CURLMOPT_TIMERDATA, self);
  curl_multi_setopt (self->multi, CURLMOPT_MAXCONNECTS, MAX_IDLE_CONNECTIONS);

  return self;
}

OncCurlLoop *
onc_curl_loop_ref (OncCurlLoop *self)
{
  return g_rc_box_acquire (self);
}

static void
curl_loop_clear (OncCurlLoop *self)
{
  /* It closes the idle connections, and tells so by on_socket() */
  curl_multi_cleanup (self->multi);
  g_source_destroy (self->source);
  g_source_unref (self->source);
  g_array_unref (self->watches);
}

void
onc_curl_loop_unref (OncCurlLoop *self)
{
  g_rc_box_release_full (self, (GDestroyNotify) curl_loop_clear);
}

OncTransfer *
onc_transfer_new (OncCurlLoop *loop, CURL *easy, OncTransferFunc done, gpointer user_data)
{
  OncTransfer *self = g_new0 (OncTransfer, 1);

  self->loop = onc_curl_loop_ref (loop);
  self->easy = easy;
  self->done = done;
  self->user_data = user_data;
  curl_easy_setopt (easy, CURLOPT_PRIVATE, self);
  curl_easy_setopt (easy, CURLOPT_ERRORBUFFER, self->error);
  /* It sets the timer to now, so that the transfer begins from the main context */
  curl_multi_add_handle (loop->multi, easy);

  return self;
}

void
onc_transfer_free (OncTransfer *self)
{
  curl_multi_remove_handle (self->loop->multi, self->easy);
  curl_easy_cleanup (self->easy);
  onc_curl_loop_unref (self->loop);
  g_free (self);
}

CURL *
onc_transfer_get_easy (OncTransfer *self)
{
  return self->easy;
}

void
onc_transfer_set_error (OncTransfer *self, CURLcode result, GError **error)
{
  const char *words = self->error[0] != '\0' ? self->error : curl_easy_strerror (result);

  /* "Could not resolve host: x" goes on within a sentence, "SSL certificate problem: x" too */
  g_set_error (error, ONC_ERROR, ONC_ERROR_NOT_CONNECTED, "cannot reach Slack: %c%s",
               g_ascii_isupper (words[1]) ? words[0] : g_ascii_tolower (words[0]), words + 1);
}
