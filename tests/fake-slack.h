/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* The Web API's dress for a FakeServer. */

#pragma once

#include "fake-server.h"

/* Returns: (transfer none): the method that @request calls, as "users.info". */
const char *fake_request_get_method (const FakeRequest *request);

/* Returns: (transfer full): the parameters of @request, by name. */
GHashTable *fake_request_get_params (const FakeRequest *request);

/* Answers with JSON in which ' stands for ". */
void fake_peer_answer (FakePeer *self, const char *json);
