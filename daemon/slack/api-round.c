/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "api-round.h"

struct _OncApiRound
{
  OncWebApi *api;            /* (owned) */
  GCancellable *outer;       /* (owned) (nullable) the caller's */
  gulong outer_handler;      /* on `outer` */
  GCancellable *cancellable; /* (owned) of all calls: cancelled too when one has failed */
  gpointer user_data;        /* (unowned) */
  OncApiRoundFunc done;
  gpointer done_data; /* (unowned) */
  GError *error;      /* (owned) (nullable) the first one */
  guint n_done;
  guint n_all;
};

/* A call, or the reading of a list. */
typedef struct
{
  OncApiRound *round; /* (unowned) waits for it */
  char *method;       /* (owned) */
  char *id;           /* (owned) (nullable) */
  OncApiTakePageFunc take_page;
  OncApiTakeFunc take;
} Call;

static void
call_free (Call *self)
{
  g_free (self->method);
  g_free (self->id);
  g_free (self);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Call, call_free)

static void
on_outer_cancelled (GCancellable *outer, gpointer user_data)
{
  g_cancellable_cancel (user_data);
}

OncApiRound *
onc_api_round_new (OncWebApi *api,
                   GCancellable *cancellable,
                   gpointer user_data,
                   OncApiRoundFunc done,
                   gpointer done_data)
{
  OncApiRound *self = g_new0 (OncApiRound, 1);

  self->api = g_object_ref (api);
  self->cancellable = g_cancellable_new ();
  if (cancellable != NULL)
    {
      self->outer = g_object_ref (cancellable);
      self->outer_handler = g_cancellable_connect (cancellable, G_CALLBACK (on_outer_cancelled),
                                                   g_object_ref (self->cancellable),
                                                   g_object_unref);
    }
  self->user_data = user_data;
  self->done = done;
  self->done_data = done_data;

  return self;
}

static void
end_round (OncApiRound *self)
{
  self->done (self->error, self->done_data);

  if (self->outer != NULL)
    g_cancellable_disconnect (self->outer, self->outer_handler);
  g_clear_object (&self->outer);
  g_object_unref (self->cancellable);
  g_object_unref (self->api);
  g_clear_error (&self->error);
  g_free (self);
}

/* @error: (nullable). */
static void
end_call (Call *call, const cJSON *answer, const GError *error)
{
  OncApiRound *self = call->round;
  gboolean taken = error == NULL;

  self->n_done++;
  if (!g_cancellable_is_cancelled (self->cancellable) && call->take != NULL)
    taken = call->take (self, call->id, answer, error, self->user_data);
  if (!taken && self->error == NULL)
    {
      self->error = error != NULL ? g_error_copy (error)
                                  : onc_api_error_new (ONC_API_ERROR_TRANSIENT, call->method,
                                                       "its answer makes no sense");
      g_cancellable_cancel (self->cancellable);
    }

  if (self->n_done == self->n_all)
    end_round (self);
}

static void
on_answer (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Call) call = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (cJSON) answer = onc_web_api_call_finish (ONC_WEB_API (source), result, &error);

  end_call (call, answer, error);
}

static void
on_list_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Call) call = user_data;
  g_autoptr (GError) error = NULL;

  if (onc_web_api_list_finish (ONC_WEB_API (source), result, &error))
    end_call (call, NULL, NULL);
  else
    end_call (call, NULL, error);
}

static gboolean
on_page (const cJSON *page, gpointer user_data)
{
  Call *call = user_data;

  return call->take_page (call->round, call->id, page, call->round->user_data);
}

static Call *
call_new (OncApiRound *self, const char *method, const char *id, OncApiTakeFunc take)
{
  Call *call = g_new0 (Call, 1);

  call->round = self;
  call->method = g_strdup (method);
  call->id = g_strdup (id);
  call->take = take;
  self->n_all++;
  return call;
}

void
onc_api_round_call (OncApiRound *self,
                    const char *method,
                    const char *const *params,
                    const char *id,
                    OncApiTakeFunc take)
{
  onc_web_api_call_async (self->api, method, params, ONC_WEB_API_REPEAT, self->cancellable,
                          on_answer, call_new (self, method, id, take));
}

void
onc_api_round_list (OncApiRound *self,
                    const char *method,
                    const char *const *params,
                    const char *id,
                    OncApiTakePageFunc take_page,
                    OncApiTakeFunc take)
{
  Call *call = call_new (self, method, id, take);

  call->take_page = take_page;
  onc_web_api_list_async (self->api, method, params, on_page, call, self->cancellable, on_list_read,
                          call);
}

guint
onc_api_round_count_done (const OncApiRound *self)
{
  return self->n_done;
}

guint
onc_api_round_count_all (const OncApiRound *self)
{
  return self->n_all;
}
