/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "websocket.h"

#include <string.h>

#include "curl-loop.h"
#include "error.h"
#include "frame-codec.h"
#include "upgrade.h"

/* Slack's largest documented payload is a message of 40,000 characters with its blocks, some
 * hundred KB. This leaves room, and bounds what one peer can make us hold. */
#define MAX_MESSAGE_BYTES (4 * 1024 * 1024)

/* A TLS record holds as much (RFC 8446, section 5.1), and one read gives at most one record. */
#define READ_BYTES (16 * 1024)

/* Reads in one turn of the main loop, so that a peer that never pauses does not stop the rest. */
#define MAX_READS 64

/* Acknowledgements are 60 bytes; who has not read as many of ours is not reading. */
#define MAX_QUEUED_BYTES (1024 * 1024)

typedef enum
{
  STATE_NEW,
  STATE_CONNECTING, /* by libcurl */
  STATE_UPGRADING,
  STATE_OPEN,
  STATE_CLOSING, /* we have said so */
  STATE_CLOSED,
} State;

struct _OncWebSocket
{
  GObject parent_instance;

  OncHttp *http; /* (owned) */
  OncWebSocketTimings timings;
  State state;

  OncTransfer *transfer; /* (owned) (nullable) holds the connection */
  GSource *source;       /* (owned) (nullable) the socket, once it is connected, and the timer */
  gpointer tag;          /* (unowned) (nullable) of the socket in `source` */
  gboolean watches_output;
  gboolean more_to_read; /* we stopped before the socket was empty */
  gboolean undrained;    /* messages were reported, and it was not said that they are all */
  gboolean dispatching;

  char *url;       /* (owned) (nullable) as http; until the request is sent */
  char *key;       /* (owned) (nullable) of the upgrade */
  GString *answer; /* (owned) (nullable) to the upgrade, so far */

  OncFrameCodec *codec; /* (owned) */
  GByteArray *sending;  /* (owned) being sent: TLS wants the same bytes again after a refusal */
  gsize sent;           /* of `sending` */
  GByteArray *queued;   /* (owned) to be sent next */

  gint64 phase_end;  /* monotonic: of the handshake or the closing */
  gint64 last_heard; /* monotonic */
  gint64 next_ping;  /* monotonic */
};

enum
{
  SIGNAL_OPENED,
  SIGNAL_MESSAGE,
  SIGNAL_DRAINED,
  SIGNAL_CLOSED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

typedef struct
{
  GSource parent;
  OncWebSocket *socket; /* (unowned) destroys the source before itself */
} SocketSource;

G_DEFINE_FINAL_TYPE (OncWebSocket, onc_web_socket, G_TYPE_OBJECT)

static void
release_connection (OncWebSocket *self)
{
  if (self->source != NULL)
    g_source_destroy (self->source);
  g_clear_pointer (&self->source, g_source_unref);
  self->tag = NULL;
  g_clear_pointer (&self->transfer, onc_transfer_free);
}

/* Says that no more messages have come for now, if some have. The handler may do anything. */
static void
emit_drained (OncWebSocket *self)
{
  if (!self->undrained)
    return;
  self->undrained = FALSE;
  g_signal_emit (self, signals[SIGNAL_DRAINED], 0);
}

/* Ends the connection now, and says so. @error: (transfer full) (nullable). */
static void
finish (OncWebSocket *self, GError *error)
{
  g_autoptr (GError) owned_error = error;

  emit_drained (self);
  if (self->state == STATE_CLOSED)
    return;
  self->state = STATE_CLOSED;
  release_connection (self);
  g_signal_emit (self, signals[SIGNAL_CLOSED], 0, owned_error);
}

static void
fail (OncWebSocket *self, const char *reason)
{
  finish (self, g_error_new (ONC_ERROR, ONC_ERROR_NOT_CONNECTED, "the socket broke: %s", reason));
}

/* Sets when the source is dispatched next if nothing happens on the socket. */
static void
update_timer (OncWebSocket *self)
{
  gint64 next;

  if (self->source == NULL)
    return;
  if (self->more_to_read)
    next = 0;
  else if (self->state == STATE_OPEN)
    next = MIN (self->next_ping, self->last_heard + self->timings.silence);
  else
    next = self->phase_end;
  g_source_set_ready_time (self->source, next);
}

/* Returns: how many bytes are still to be sent. */
static gsize
count_output (const OncWebSocket *self)
{
  return self->sending->len - self->sent + self->queued->len;
}

/* Watches the socket for writing too while there is something to be sent. */
static void
update_watch (OncWebSocket *self)
{
  gboolean wanted = count_output (self) > 0;

  /* Each change costs the main context a wake-up of itself */
  if (self->tag == NULL || wanted == self->watches_output)
    return;
  self->watches_output = wanted;
  g_source_modify_unix_fd (self->source, self->tag,
                           G_IO_IN | G_IO_ERR | G_IO_HUP | (wanted ? G_IO_OUT : 0));
}

/* Sends what can be sent. Returns: FALSE where the connection broke; it is finished then. */
static gboolean
flush (OncWebSocket *self)
{
  CURL *easy = onc_transfer_get_easy (self->transfer);

  while (count_output (self) > 0)
    {
      CURLcode result;
      size_t n = 0;

      if (self->sent == self->sending->len)
        {
          GByteArray *empty = self->sending;

          g_byte_array_set_size (empty, 0);
          self->sending = self->queued;
          self->queued = empty;
          self->sent = 0;
        }
      result = curl_easy_send (easy, self->sending->data + self->sent,
                               self->sending->len - self->sent, &n);
      if (result == CURLE_AGAIN)
        return TRUE;
      if (result != CURLE_OK)
        {
          fail (self, curl_easy_strerror (result));
          return FALSE;
        }
      self->sent += n;
    }

  return TRUE;
}

/* Notes that something was queued: it leaves at the end of this turn, or when the peer reads. */
static void
output_changed (OncWebSocket *self)
{
  if (self->dispatching)
    return;
  update_watch (self);
  if (count_output (self) > MAX_QUEUED_BYTES)
    g_source_set_ready_time (self->source, 0);
}

static void
send_frame (OncWebSocket *self, OncFrameKind kind, const char *data, gsize length)
{
  onc_frame_codec_write (self->codec, kind, data, length, self->queued);
  output_changed (self);
}

/* Tells the peer that this is the end. */
static void
begin_closing (OncWebSocket *self, guint code)
{
  onc_frame_codec_write_close (self->codec, code, self->queued);
  self->state = STATE_CLOSING;
  self->phase_end = g_get_monotonic_time () + self->timings.close;
  output_changed (self);
}

/* The peer has closed, or agreed to our closing. */
static void
handle_close (OncWebSocket *self, const OncFrame *frame)
{
  g_autofree char *reason = NULL;
  guint code = frame->close_code;

  /* What the messages before it are answered with must leave before our closing */
  emit_drained (self);
  if (self->state != STATE_OPEN)
    {
      finish (self, NULL);
      return;
    }

  /* Slack leaves the connection open afterwards, so that it is ours to end it */
  begin_closing (self, code);
  if (!flush (self))
    return;
  if (code == ONC_CLOSE_NORMAL || code == ONC_CLOSE_NONE_GIVEN)
    {
      finish (self, NULL);
      return;
    }
  reason = g_strdup_printf ("Slack closed it with the code %u", code);
  fail (self, reason);
}

/* The peer has sent what cannot be read on from. */
static void
handle_error (OncWebSocket *self, const OncFrame *frame)
{
  guint code = frame->close_code;

  emit_drained (self);
  if (self->state == STATE_OPEN)
    begin_closing (self, code);
  if (self->state == STATE_CLOSED || !flush (self))
    return;
  if (code == ONC_CLOSE_TOO_BIG)
    finish (self, g_error_new (ONC_ERROR, ONC_ERROR_FAILED,
                               "the socket was closed because a message has more than %d MB",
                               MAX_MESSAGE_BYTES / (1024 * 1024)));
  else
    fail (self, "Slack does not keep to the WebSocket protocol");
}

static void
report_message (OncWebSocket *self, const OncFrame *frame)
{
  self->undrained = TRUE;
  g_signal_emit (self, signals[SIGNAL_MESSAGE], 0, frame->kind == ONC_FRAME_TEXT, frame->data,
                 (guint64) frame->length);
}

static void
read_frames (OncWebSocket *self, const char *bytes, gsize length)
{
  OncFrame frame;

  onc_frame_codec_feed (self->codec, bytes, length);
  while (self->state != STATE_CLOSED &&
         onc_frame_codec_next (self->codec, &frame) != ONC_FRAME_NONE)
    {
      switch (frame.kind)
        {
        case ONC_FRAME_TEXT:
        case ONC_FRAME_BINARY:
          report_message (self, &frame);
          break;
        case ONC_FRAME_PING:
          if (self->state == STATE_OPEN)
            send_frame (self, ONC_FRAME_PONG, frame.data, frame.length);
          break;
        case ONC_FRAME_CLOSE:
          handle_close (self, &frame);
          break;
        case ONC_FRAME_ERROR:
          handle_error (self, &frame);
          break;
        case ONC_FRAME_PONG: /* that it came is all it says */
        case ONC_FRAME_NONE:
        default:
          break;
        }
    }
}

/* Reads the answer to the upgrade, and the frames that may follow it at once. */
static void
read_answer (OncWebSocket *self, const char *bytes, gsize length)
{
  g_autoptr (GString) answer = NULL;
  GError *error = NULL;
  gsize used = 0;

  g_string_append_len (self->answer, bytes, length);
  switch (onc_upgrade_read_answer (self->answer->str, self->answer->len, self->key, &used, &error))
    {
    case ONC_UPGRADE_INCOMPLETE:
      return;
    case ONC_UPGRADE_REFUSED:
      finish (self, error);
      return;
    case ONC_UPGRADE_ACCEPTED:
    default:
      break;
    }

  answer = g_steal_pointer (&self->answer);
  self->state = STATE_OPEN;
  self->next_ping = self->last_heard + self->timings.ping;
  g_signal_emit (self, signals[SIGNAL_OPENED], 0);
  read_frames (self, answer->str + used, answer->len - used);
}

/* Reads until the socket is empty: TLS hides bytes that it holds already from poll(). */
static void
read_all (OncWebSocket *self)
{
  CURL *easy = onc_transfer_get_easy (self->transfer);
  char bytes[READ_BYTES];
  guint n_reads = 0;

  self->more_to_read = FALSE;
  while (self->state != STATE_CLOSED)
    {
      size_t length = 0;
      CURLcode result;

      if (n_reads++ == MAX_READS)
        {
          self->more_to_read = TRUE;
          break;
        }
      result = curl_easy_recv (easy, bytes, sizeof bytes, &length);
      if (result == CURLE_AGAIN)
        break;
      if (result != CURLE_OK || length == 0)
        {
          fail (self,
                result != CURLE_OK ? curl_easy_strerror (result) : "Slack ended the connection");
          break;
        }
      self->last_heard = g_source_get_time (self->source);
      if (self->state == STATE_UPGRADING)
        read_answer (self, bytes, length);
      else
        read_frames (self, bytes, length);
    }

  emit_drained (self);
}

/* Does what the time asks for. */
static void
check_time (OncWebSocket *self, gint64 now)
{
  switch (self->state)
    {
    case STATE_CONNECTING:
    case STATE_UPGRADING:
      if (now >= self->phase_end)
        fail (self, "Slack did not answer in time");
      break;
    case STATE_OPEN:
      if (now >= self->last_heard + self->timings.silence)
        {
          fail (self, "Slack has been silent for too long");
        }
      else if (now >= self->next_ping)
        {
          self->next_ping = now + self->timings.ping;
          send_frame (self, ONC_FRAME_PING, "", 0);
        }
      break;
    case STATE_CLOSING:
      if (now >= self->phase_end)
        finish (self, NULL);
      break;
    case STATE_NEW:
    case STATE_CLOSED:
    default:
      break;
    }
}

static gboolean
dispatch (GSource *source, GSourceFunc callback, gpointer user_data)
{
  g_autoptr (OncWebSocket) self = g_object_ref (((SocketSource *) source)->socket);
  GIOCondition condition = self->tag != NULL ? g_source_query_unix_fd (source, self->tag) : 0;

  self->dispatching = TRUE;
  if ((condition & ~G_IO_OUT) != 0 || self->more_to_read)
    read_all (self);
  check_time (self, g_source_get_time (source));
  self->dispatching = FALSE;

  if (self->state == STATE_CLOSED)
    return G_SOURCE_REMOVE;
  if (self->tag != NULL && !flush (self))
    return G_SOURCE_REMOVE;
  if (count_output (self) > MAX_QUEUED_BYTES)
    {
      fail (self, "Slack does not read");
      return G_SOURCE_REMOVE;
    }
  update_watch (self);
  update_timer (self);

  return G_SOURCE_CONTINUE;
}

static GSourceFuncs source_funcs = { .dispatch = dispatch };

/* libcurl has connected: from here on the socket is ours. */
static void
on_connected (OncTransfer *transfer, CURLcode result, gpointer user_data)
{
  OncWebSocket *self = user_data;
  CURL *easy = onc_transfer_get_easy (transfer);
  curl_socket_t fd = CURL_SOCKET_BAD;
  g_autofree char *request = NULL;
  g_autofree char *url = g_steal_pointer (&self->url);

  if (result != CURLE_OK)
    {
      GError *error = NULL;

      onc_transfer_set_error (transfer, result, &error);
      finish (self, error);
      return;
    }

  curl_easy_getinfo (easy, CURLINFO_ACTIVESOCKET, &fd);
  self->key = onc_upgrade_make_key ();
  self->answer = g_string_new (NULL);
  request = onc_upgrade_make_request (url, self->key, onc_http_get_user_agent (self->http));
  g_byte_array_append (self->queued, (const guint8 *) request, strlen (request));
  self->state = STATE_UPGRADING;
  self->tag = g_source_add_unix_fd (self->source, fd, G_IO_IN | G_IO_ERR | G_IO_HUP);
  update_watch (self);
}

gboolean
onc_web_socket_connect (OncWebSocket *self, const char *url, GError **error)
{
  g_autoptr (OncCurlLoop) loop = NULL;
  CURL *easy;

  g_return_val_if_fail (self->state == STATE_NEW, FALSE);

  /* libcurl does not know these schemes here; the connection is the same */
  if (g_ascii_strncasecmp (url, "wss:", 4) == 0)
    self->url = g_strconcat ("https:", url + 4, NULL);
  else if (g_ascii_strncasecmp (url, "ws:", 3) == 0)
    self->url = g_strconcat ("http:", url + 3, NULL);
  else
    {
      g_set_error_literal (error, ONC_ERROR, ONC_ERROR_CONFIG, "the address is no WebSocket's");
      return FALSE;
    }

  easy = onc_http_new_easy (self->http, self->url, error);
  if (easy == NULL)
    return FALSE;
  curl_easy_setopt (easy, CURLOPT_CONNECT_ONLY, 1L);
  curl_easy_setopt (easy, CURLOPT_HTTP_VERSION, (long) CURL_HTTP_VERSION_1_1);

  self->state = STATE_CONNECTING;
  self->phase_end = g_get_monotonic_time () + self->timings.handshake;
  self->source = g_source_new (&source_funcs, sizeof (SocketSource));
  ((SocketSource *) self->source)->socket = self;
  g_source_set_static_name (self->source, "WebSocket");
  /* Else GLib takes the socket out of its poll and back in at every dispatch, which costs two
   * wake-ups and one more turn of the main loop for each event. Nobody runs a loop within. */
  g_source_set_can_recurse (self->source, TRUE);
  update_timer (self);
  g_source_attach (self->source, g_main_context_get_thread_default ());

  /* A loop of its own: in a shared one, a request that begins can prune this connection */
  loop = onc_curl_loop_new ();
  self->transfer = onc_transfer_new (loop, easy, on_connected, self);

  return TRUE;
}

gboolean
onc_web_socket_send (OncWebSocket *self, const char *text)
{
  if (self->state != STATE_OPEN)
    return FALSE;
  send_frame (self, ONC_FRAME_TEXT, text, strlen (text));
  return TRUE;
}

void
onc_web_socket_flush (OncWebSocket *self)
{
  if (self->tag != NULL && flush (self))
    output_changed (self);
}

void
onc_web_socket_close (OncWebSocket *self)
{
  switch (self->state)
    {
    case STATE_OPEN:
      begin_closing (self, ONC_CLOSE_NORMAL);
      if (!self->dispatching)
        update_timer (self);
      break;
    case STATE_NEW:
    case STATE_CONNECTING:
    case STATE_UPGRADING:
      finish (self, NULL);
      break;
    case STATE_CLOSING:
    case STATE_CLOSED:
    default:
      break;
    }
}

static void
onc_web_socket_finalize (GObject *object)
{
  OncWebSocket *self = ONC_WEB_SOCKET (object);

  release_connection (self);
  g_object_unref (self->http);
  g_free (self->url);
  g_free (self->key);
  if (self->answer != NULL)
    g_string_free (self->answer, TRUE);
  onc_frame_codec_free (self->codec);
  g_byte_array_unref (self->sending);
  g_byte_array_unref (self->queued);
  G_OBJECT_CLASS (onc_web_socket_parent_class)->finalize (object);
}

static guint
add_signal (const char *name, guint n_params, GType first, GType second, GType third)
{
  return g_signal_new (name, ONC_TYPE_WEB_SOCKET, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                       G_TYPE_NONE, n_params, first, second, third);
}

static void
onc_web_socket_class_init (OncWebSocketClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = onc_web_socket_finalize;

  signals[SIGNAL_OPENED] = add_signal ("opened", 0, 0, 0, 0);
  signals[SIGNAL_MESSAGE] = add_signal ("message", 3, G_TYPE_BOOLEAN, G_TYPE_POINTER,
                                        G_TYPE_UINT64);
  signals[SIGNAL_DRAINED] = add_signal ("drained", 0, 0, 0, 0);
  signals[SIGNAL_CLOSED] = add_signal ("closed", 1, G_TYPE_ERROR | G_SIGNAL_TYPE_STATIC_SCOPE, 0,
                                       0);
}

static void
onc_web_socket_init (OncWebSocket *self)
{
  self->codec = onc_frame_codec_new (MAX_MESSAGE_BYTES);
  self->sending = g_byte_array_new ();
  self->queued = g_byte_array_new ();
}

OncWebSocket *
onc_web_socket_new (OncHttp *http, const OncWebSocketTimings *timings)
{
  OncWebSocket *self = g_object_new (ONC_TYPE_WEB_SOCKET, NULL);

  self->http = g_object_ref (http);
  self->timings = *timings;
  return self;
}
