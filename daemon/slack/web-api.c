/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "web-api.h"

#include <string.h>

#include "log.h"
#include "rate-bucket.h"

/* Calls of one method at a time: enough to fill a line, and no more than a browser would open. */
#define MAX_IN_FLIGHT 6

/* Seconds to wait where Slack does not say how many; its own client for Python waits as long. */
#define UNSAID_WAIT 30

/* A wait beyond an hour is no wish of Slack's but a broken header. */
#define LONGEST_WAIT 3600

/* How often a reading call is tried in all. */
#define MAX_TRIES 4

/* Pages of one list. With 200 entries each, no workspace has as many. */
#define MAX_PAGES 5000

struct _OncWebApi
{
  GObject parent_instance;

  OncHttp *http;  /* (owned) */
  char *base_url; /* (owned) ends with a slash */
  char *token;    /* (owned) */
  OncSpan pause;
  guint hurry;         /* methods' paces are so many times as fast */
  GHashTable *methods; /* (owned) name → Method */
};

/* A method and the calls that wait for it. */
typedef struct
{
  OncWebApi *api; /* (unowned) */
  char *name;     /* (owned) */
  OncRateBucket bucket;
  GQueue waiting; /* of GTask (owned), in the order in which they are to be made */
  guint in_flight;
  GSource *timer; /* (owned) (nullable) until the next call may be made */
} Method;

typedef struct
{
  Method *method; /* (unowned) */
  char *form;     /* (owned) */
  OncWebApiFlags flags;
  guint tries;
  gint64 started;
  GSource *cancelled; /* (owned) (nullable) while it waits */
  GSource *repeat;    /* (owned) (nullable) while it pauses */
} Call;

/* A list that is being read. */
typedef struct
{
  char *method; /* (owned) */
  char *form;   /* (owned) without a cursor */
  OncWebApiPageFunc take_page;
  gpointer page_data; /* (unowned) */
  char *cursor;       /* (owned) (nullable) of the page under way */
  guint n_pages;
} List;

enum
{
  SIGNAL_RATE_LIMITED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (OncWebApi, onc_web_api, G_TYPE_OBJECT)

static void make_calls (Method *method);
static void call_page (GTask *task);

static void
clear_source (GSource **source)
{
  if (*source != NULL)
    g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

/* Returns: (transfer full): @source, set to call @callback with @data in the current context. */
static GSource *
start_source (GSource *source, GSourceFunc callback, gpointer data)
{
  g_source_set_callback (source, callback, data, NULL);
  g_source_attach (source, g_main_context_get_thread_default ());
  return source;
}

static void
call_free (Call *self)
{
  clear_source (&self->cancelled);
  clear_source (&self->repeat);
  g_free (self->form);
  g_free (self);
}

static void
method_free (Method *self)
{
  clear_source (&self->timer);
  g_free (self->name);
  g_free (self);
}

static void
list_free (List *self)
{
  g_free (self->method);
  g_free (self->form);
  g_free (self->cursor);
  g_free (self);
}

static Method *
ensure_method (OncWebApi *self, const char *name)
{
  Method *method = g_hash_table_lookup (self->methods, name);

  if (method == NULL)
    {
      method = g_new0 (Method, 1);
      method->api = self;
      method->name = g_strdup (name);
      onc_rate_bucket_init (&method->bucket, name, g_get_monotonic_time ());
      method->bucket.per_minute *= self->hurry;
      g_hash_table_insert (self->methods, method->name, method);
    }

  return method;
}

/* A call was cancelled that was not under way. */
static gboolean
on_cancelled (GCancellable *cancellable, gpointer user_data)
{
  GTask *task = user_data;
  Call *call = g_task_get_task_data (task);

  clear_source (&call->cancelled);
  clear_source (&call->repeat);
  g_queue_remove (&call->method->waiting, task);
  g_task_return_error_if_cancelled (task);
  g_object_unref (task); /* the queue's reference, or the pause's */

  return G_SOURCE_REMOVE;
}

/* Watches for the call's being cancelled while nobody else does. */
static void
watch_cancellable (GTask *task)
{
  Call *call = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);

  if (cancellable != NULL && call->cancelled == NULL)
    call->cancelled = start_source (g_cancellable_source_new (cancellable),
                                    G_SOURCE_FUNC (on_cancelled), task);
}

/* @task: (transfer full): waits from now on, @first of all or last. */
static void
enqueue (GTask *task, gboolean first)
{
  Call *call = g_task_get_task_data (task);

  watch_cancellable (task);
  if (first)
    g_queue_push_head (&call->method->waiting, task);
  else
    g_queue_push_tail (&call->method->waiting, task);
  make_calls (call->method);
}

static gboolean
on_pause_over (gpointer user_data)
{
  GTask *task = user_data;
  Call *call = g_task_get_task_data (task);

  clear_source (&call->repeat);
  enqueue (task, FALSE);
  return G_SOURCE_REMOVE;
}

/* @task: (transfer full): is repeated after a pause. */
static void
repeat_later (GTask *task)
{
  OncWebApi *self = g_task_get_source_object (task);
  Call *call = g_task_get_task_data (task);
  OncSpan pause = self->pause << (call->tries - 1);

  /* Between half of it and all of it, so that calls that failed together do not return together */
  pause = pause / 2 + (OncSpan) (g_random_double () * (double) (pause / 2));
  watch_cancellable (task);
  call->repeat = start_source (g_timeout_source_new ((guint) (pause / 1000)), on_pause_over, task);
}

/* Slack asks to wait with the method. */
static void
block_method (Method *method, guint seconds)
{
  OncWebApi *self = method->api;

  if (seconds == 0)
    seconds = UNSAID_WAIT;
  seconds = MIN (seconds, LONGEST_WAIT);
  onc_info ("%s: Slack asks to wait for %u s", method->name, seconds);
  onc_rate_bucket_block (&method->bucket, g_get_monotonic_time (), seconds * G_TIME_SPAN_SECOND);
  g_signal_emit (self, signals[SIGNAL_RATE_LIMITED], 0, method->name, seconds);
}

/* Returns: (transfer full) (nullable): the answer that is a success; NULL with @error. */
static cJSON *
read_response (const char *method, const OncHttpResponse *response, GError **error)
{
  g_autoptr (cJSON) answer = NULL;
  g_autofree char *reason = g_strdup_printf ("its answer has the status %u", response->status);

  if (response->status == 429)
    {
      g_propagate_error (error, onc_api_error_new (ONC_API_ERROR_WAIT, method, "too many calls"));
      return NULL;
    }

  if (response->status < 500)
    answer = onc_json_parse (response->body, response->length, NULL);
  if (onc_json_boolean (answer, "ok"))
    return g_steal_pointer (&answer);
  /* Slack says no in its own words; whatever else answers, such as a proxy, is in its way for now.
   */
  if (response->status == 200 || onc_json_string (answer, "error") != NULL)
    g_propagate_error (error, onc_api_error_new_from_answer (method, answer));
  else
    g_propagate_error (error, onc_api_error_new (ONC_API_ERROR_TRANSIENT, method, reason));

  return NULL;
}

/* Returns: (transfer full): @error, which is none of the Web API's, as one of its. */
static GError *
translate_error (GError *error)
{
  OncApiError class = ONC_API_ERROR_OTHER;
  GError *translated;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return error;
  if (g_error_matches (error, ONC_ERROR, ONC_ERROR_NOT_CONNECTED))
    class = ONC_API_ERROR_TRANSIENT;
  else if (g_error_matches (error, ONC_ERROR, ONC_ERROR_CONFIG))
    class = ONC_API_ERROR_STOP;
  translated = g_error_new_literal (ONC_API_ERROR, class, error->message);
  g_error_free (error);

  return translated;
}

static void
on_response (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Call *call = g_task_get_task_data (task);
  Method *method = call->method;
  GError *error = NULL;
  g_autoptr (OncHttpResponse) response = onc_http_request_finish (ONC_HTTP (source), result,
                                                                  &error);
  cJSON *answer = NULL;

  method->in_flight--;
  if (response == NULL)
    error = translate_error (error);
  else
    answer = read_response (method->name, response, &error);

  if (answer != NULL)
    {
      onc_debug ("%s took %d ms", method->name,
                 (int) ((g_get_monotonic_time () - call->started) / 1000));
      g_task_return_pointer (task, answer, (GDestroyNotify) cJSON_Delete);
    }
  else if (g_error_matches (error, ONC_API_ERROR, ONC_API_ERROR_WAIT))
    {
      block_method (method, response->retry_after);
      g_clear_error (&error);
      enqueue (g_steal_pointer (&task), TRUE);
    }
  else if (g_error_matches (error, ONC_API_ERROR, ONC_API_ERROR_TRANSIENT) &&
           (call->flags & ONC_WEB_API_REPEAT) != 0 && call->tries < MAX_TRIES)
    {
      onc_debug ("%s is to be repeated: %s", method->name, error->message);
      g_clear_error (&error);
      repeat_later (g_steal_pointer (&task));
    }
  else
    {
      if (g_error_matches (error, ONC_API_ERROR, ONC_API_ERROR_BUG))
        onc_warning ("%s", error->message);
      g_task_return_error (task, error);
    }
  make_calls (method);
}

static void
make_call (GTask *task)
{
  OncWebApi *self = g_task_get_source_object (task);
  Call *call = g_task_get_task_data (task);
  g_autofree char *url = g_strconcat (self->base_url, call->method->name, NULL);

  clear_source (&call->cancelled);
  call->tries++;
  call->started = g_get_monotonic_time ();
  call->method->in_flight++;
  onc_http_request_async (self->http, url, self->token, call->form,
                          (call->flags & ONC_WEB_API_REPEAT) == 0, g_task_get_cancellable (task),
                          on_response, task);
}

static gboolean
on_timer (gpointer user_data)
{
  Method *method = user_data;

  clear_source (&method->timer);
  make_calls (method);
  return G_SOURCE_REMOVE;
}

/* Makes the calls that may be made now, and sees to it that the others follow. */
static void
make_calls (Method *method)
{
  gint64 now = g_get_monotonic_time ();
  /* At its pace, one at a time: a second one would only be told to wait as well */
  guint max_in_flight = onc_rate_bucket_is_paced (&method->bucket, now) ? 1 : MAX_IN_FLIGHT;

  while (method->timer == NULL && method->in_flight < max_in_flight &&
         !g_queue_is_empty (&method->waiting))
    {
      gint64 next = onc_rate_bucket_take (&method->bucket, now);

      if (next == 0)
        {
          make_call (g_queue_pop_head (&method->waiting));
          continue;
        }
      method->timer = start_source (g_timeout_source_new (0), on_timer, method);
      g_source_set_ready_time (method->timer, next);
    }
}

/* Adds one parameter, unless @value is NULL, to application/x-www-form-urlencoded @form. */
static void
add_param (GString *form, const char *name, const char *value)
{
  if (value == NULL)
    return;
  if (form->len > 0)
    g_string_append_c (form, '&');
  g_string_append_uri_escaped (form, name, NULL, FALSE);
  g_string_append_c (form, '=');
  g_string_append_uri_escaped (form, value, NULL, FALSE);
}

/* Returns: (transfer full). */
static char *
make_form (const char *const *params)
{
  GString *form = g_string_new (NULL);

  for (; params[0] != NULL; params += 2)
    add_param (form, params[0], params[1]);

  return g_string_free (form, FALSE);
}

/* @task: (transfer full): of the call. @form: (transfer full). */
static void
begin_call (OncWebApi *self, GTask *task, const char *method, char *form, OncWebApiFlags flags)
{
  Call *call = g_new0 (Call, 1);

  call->method = ensure_method (self, method);
  call->form = form;
  call->flags = flags;
  g_task_set_task_data (task, call, (GDestroyNotify) call_free);
  enqueue (task, FALSE);
}

void
onc_web_api_call_async (OncWebApi *self,
                        const char *method,
                        const char *const *params,
                        OncWebApiFlags flags,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, G_GNUC_EXTENSION (gpointer) onc_web_api_call_async);
  begin_call (self, task, method, make_form (params), flags);
}

cJSON *
onc_web_api_call_finish (OncWebApi *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
on_page (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  List *list = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (cJSON) page = onc_web_api_call_finish (ONC_WEB_API (source), result, &error);
  const char *next;

  if (page == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  next = onc_json_string (onc_json_object (page, "response_metadata"), "next_cursor");
  if (!list->take_page (page, list->page_data) || next == NULL || *next == '\0')
    {
      g_task_return_boolean (task, TRUE);
    }
  else if (g_strcmp0 (next, list->cursor) == 0 || ++list->n_pages >= MAX_PAGES)
    {
      g_task_return_error (
          task, onc_api_error_new (ONC_API_ERROR_TRANSIENT, list->method, "its pages have no end"));
    }
  else
    {
      g_free (list->cursor);
      list->cursor = g_strdup (next);
      call_page (g_steal_pointer (&task));
    }
}

/* @task: (transfer full). */
static void
call_page (GTask *task)
{
  OncWebApi *self = g_task_get_source_object (task);
  List *list = g_task_get_task_data (task);
  GTask *page = g_task_new (self, g_task_get_cancellable (task), on_page, task);
  GString *form = g_string_new (list->form);

  add_param (form, "cursor", list->cursor);
  begin_call (self, page, list->method, g_string_free (form, FALSE), ONC_WEB_API_REPEAT);
}

void
onc_web_api_list_async (OncWebApi *self,
                        const char *method,
                        const char *const *params,
                        OncWebApiPageFunc take_page,
                        gpointer page_data,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  List *list = g_new0 (List, 1);

  g_task_set_source_tag (task, G_GNUC_EXTENSION (gpointer) onc_web_api_list_async);
  list->method = g_strdup (method);
  list->form = make_form (params);
  list->take_page = take_page;
  list->page_data = page_data;
  g_task_set_task_data (task, list, (GDestroyNotify) list_free);
  call_page (task);
}

gboolean
onc_web_api_list_finish (OncWebApi *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

void
onc_web_api_set_pause (OncWebApi *self, OncSpan pause)
{
  self->pause = pause;
}

void
onc_web_api_hurry (OncWebApi *self, guint times)
{
  self->pause /= times;
  self->hurry = times;
}

static void
onc_web_api_finalize (GObject *object)
{
  OncWebApi *self = ONC_WEB_API (object);

  /* Every call holds a reference, so that none is waiting */
  g_hash_table_unref (self->methods);
  g_object_unref (self->http);
  g_free (self->base_url);
  g_free (self->token);
  G_OBJECT_CLASS (onc_web_api_parent_class)->finalize (object);
}

static void
onc_web_api_class_init (OncWebApiClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = onc_web_api_finalize;

  signals[SIGNAL_RATE_LIMITED] = g_signal_new (
      "rate-limited", ONC_TYPE_WEB_API, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
      G_TYPE_STRING | G_SIGNAL_TYPE_STATIC_SCOPE, G_TYPE_UINT);
}

static void
onc_web_api_init (OncWebApi *self)
{
  self->methods = g_hash_table_new_full (g_str_hash, g_str_equal, NULL,
                                         (GDestroyNotify) method_free);
  self->pause = ONC_SECOND;
  self->hurry = 1;
}

OncWebApi *
onc_web_api_new (OncHttp *http, const char *base_url, const char *token)
{
  OncWebApi *self = g_object_new (ONC_TYPE_WEB_API, NULL);

  self->http = g_object_ref (http);
  self->base_url = g_strconcat (base_url, g_str_has_suffix (base_url, "/") ? "" : "/", NULL);
  self->token = g_strdup (token);
  return self;
}
