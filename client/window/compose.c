/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "compose.h"

#include "connection.h"
#include "dictionary.h"
#include "names.h"
#include "text.h"
#include "thread-view.h"

#include <glib/gi18n.h>

/* Pixels around and between what is in the window, as GNOME's guidelines have them. */
#define MARGIN  12
#define SPACING 6

/* The key under which a window keeps its Compose */
#define COMPOSE "onc-compose"

/* What a window is about. Freed with it. */
typedef struct
{
  GtkWindow *window;           /* (unowned) */
  GDBusConnection *connection; /* (owned) */
  guint32 number;
  char *path;                /* (owned) of the thread's object */
  GCancellable *cancellable; /* (owned) of the calls on their way */
  GtkLabel *question;        /* (unowned) these are the window's */
  GtkTextView *reply;        /* (unowned) */
  GtkEditable *when;         /* (unowned) */
  GtkLabel *complaint;       /* (unowned) */
  GtkWidget *send;           /* (unowned) */
  gboolean sending;          /* what was written is on its way to the daemon */
} Compose;

static void
compose_free (Compose *self)
{
  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  g_object_unref (self->connection);
  g_free (self->path);
  g_free (self);
}

static char *
get_reply (const Compose *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->reply);
  GtkTextIter start;
  GtkTextIter end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return g_strstrip (gtk_text_buffer_get_text (buffer, &start, &end, FALSE));
}

/* There is something to send, a text, or a promise, or both, and only once. */
static void
update_send (Compose *self)
{
  g_autofree char *reply = get_reply (self);
  gboolean written = *reply != '\0' || *gtk_editable_get_text (self->when) != '\0';

  gtk_widget_set_sensitive (self->send, written && !self->sending);
}

static void
on_edited (gpointer object, gpointer user_data)
{
  update_send (user_data);
}

/* Says why something was not done; "" for nothing. */
static void
complain (Compose *self, const char *sentence)
{
  gtk_label_set_text (self->complaint, sentence);
  gtk_widget_set_visible (GTK_WIDGET (self->complaint), *sentence != '\0');
  update_send (self);
}

static void
on_sent (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result,
                                                              &error);
  Compose *self = user_data;

  if (reply != NULL)
    {
      gtk_window_destroy (self->window);
      return;
    }
  /* The window is gone, and what is in it. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  self->sending = FALSE;
  onc_connection_explain_thread (error, self->number);
  complain (self, error->message);
}

/* Hands over what was written. It is queued: once it is safe with the daemon nobody has to wait. */
static void
send (Compose *self)
{
  g_autofree char *reply = get_reply (self);
  const char *when = gtk_editable_get_text (self->when);
  GVariantBuilder options;
  GVariant *arguments;

  if (!gtk_widget_get_sensitive (self->send))
    return;

  g_variant_builder_init (&options, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&options, "{sv}", ONC_BUS_OPTION_QUEUE, g_variant_new_boolean (TRUE));
  if (*when != '\0')
    arguments = g_variant_new ("(ssa{sv})", when, reply, &options);
  else
    arguments = g_variant_new ("(sa{sv})", reply, &options);
  self->sending = TRUE;
  complain (self, "");
  g_dbus_connection_call (self->connection, ONC_BUS_NAME, self->path, ONC_BUS_THREAD,
                          *when != '\0' ? "Promise" : "Reply", arguments, NULL,
                          G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, self->cancellable, on_sent, self);
}

static void
on_send (gpointer object, gpointer user_data)
{
  send (user_data);
}

/* A GtkShortcutFunc. */
static gboolean
on_send_key (GtkWidget *widget, GVariant *arguments, gpointer user_data)
{
  send (user_data);
  return TRUE;
}

/* A GtkShortcutFunc. What was written goes by a click only. */
static gboolean
on_escape (GtkWidget *widget, GVariant *arguments, gpointer user_data)
{
  Compose *self = user_data;
  g_autofree char *reply = get_reply (self);

  if (*reply == '\0')
    gtk_window_close (self->window);
  else
    complain (self, _ ("This was not sent yet: Ctrl+Enter sends it, Cancel drops it."));

  return TRUE;
}

/* One of the times that are offered was chosen. */
static void
on_chosen (GtkButton *button, gpointer user_data)
{
  Compose *self = user_data;

  gtk_editable_set_text (self->when, gtk_widget_get_name (GTK_WIDGET (button)));
  gtk_widget_grab_focus (GTK_WIDGET (self->when));
}

static void
on_thread (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result,
                                                              &error);
  Compose *self = user_data;
  g_autoptr (GVariant) thread = NULL;
  g_autofree char *channel = NULL;
  g_autofree char *text = NULL;
  g_autofree char *question = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (reply == NULL)
    {
      onc_connection_explain_thread (error, self->number);
      complain (self, error->message);
      return;
    }

  thread = g_variant_get_child_value (reply, 0);
  channel = onc_thread_view_channel (thread);
  text = onc_text_visible (onc_dictionary_get_string (thread, "Text"));
  /* Who asked, in which channel, and what */
  question = g_strdup_printf (_ ("%s in %s: %s"), onc_dictionary_get_string (thread, "AskerName"),
                              channel, text);
  gtk_label_set_text (self->question, question);
}

/* What @widget is for, to those who hear it. */
static void
describe (gpointer widget, const char *label)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
}

static GtkWidget *
new_question (Compose *self)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *label = gtk_label_new (_ ("Asking oncalld…"));

  self->question = GTK_LABEL (label);
  gtk_label_set_wrap (self->question, TRUE);
  gtk_label_set_wrap_mode (self->question, PANGO_WRAP_WORD_CHAR);
  gtk_label_set_selectable (self->question, TRUE);
  gtk_label_set_xalign (self->question, 0);
  gtk_label_set_yalign (self->question, 0);
  gtk_widget_set_can_focus (label, FALSE);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scrolled), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scrolled), 120);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), label);
  return scrolled;
}

static GtkWidget *
new_reply (Compose *self)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *view = gtk_text_view_new ();

  self->reply = GTK_TEXT_VIEW (view);
  gtk_text_view_set_wrap_mode (self->reply, GTK_WRAP_WORD_CHAR);
  /* Tab leads on: nobody indents a reply, and everybody wants to get out of it. */
  gtk_text_view_set_accepts_tab (self->reply, FALSE);
  gtk_text_view_set_left_margin (self->reply, SPACING);
  gtk_text_view_set_right_margin (self->reply, SPACING);
  gtk_text_view_set_top_margin (self->reply, SPACING);
  describe (view, _ ("Reply"));
  g_signal_connect (gtk_text_view_get_buffer (self->reply), "changed", G_CALLBACK (on_edited),
                    self);
  gtk_scrolled_window_set_has_frame (GTK_SCROLLED_WINDOW (scrolled), TRUE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), view);
  gtk_widget_set_vexpand (scrolled, TRUE);
  return scrolled;
}

/* The times that are offered, as the daemon reads them, and as a person does. */
static const struct
{
  const char *when;
  const char *label;
} choices[] = {
  { "15m", N_ ("15 min") },
  { "30m", N_ ("30 min") },
  { "1h", N_ ("1 hour") },
  { "eod", N_ ("End of the day") },
};

static GtkWidget *
new_when (Compose *self)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, SPACING);
  GtkWidget *label = gtk_label_new_with_mnemonic (_ ("_Promise an update by"));
  GtkWidget *entry = gtk_entry_new ();

  self->when = GTK_EDITABLE (entry);
  gtk_label_set_mnemonic_widget (GTK_LABEL (label), entry);
  gtk_entry_set_placeholder_text (GTK_ENTRY (entry), _ ("none"));
  gtk_widget_set_tooltip_text (entry, _ ("30m, 1h30, 14:30, tomorrow 9:00, Mon 10:00, eod"));
  gtk_widget_set_hexpand (entry, TRUE);
  gtk_editable_set_width_chars (self->when, 12);
  g_signal_connect (entry, "changed", G_CALLBACK (on_edited), self);
  g_signal_connect (entry, "activate", G_CALLBACK (on_send), self);
  gtk_box_append (GTK_BOX (row), label);
  gtk_box_append (GTK_BOX (row), entry);
  for (gsize i = 0; i < G_N_ELEMENTS (choices); i++)
    {
      GtkWidget *button = gtk_button_new_with_label (_ (choices[i].label));

      gtk_widget_set_name (button, choices[i].when);
      g_signal_connect (button, "clicked", G_CALLBACK (on_chosen), self);
      gtk_box_append (GTK_BOX (row), button);
    }

  return row;
}

static GtkWidget *
new_complaint (Compose *self)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "accessible-role", GTK_ACCESSIBLE_ROLE_ALERT,
                                   "visible", FALSE, "wrap", TRUE, "xalign", 0.0, NULL);

  self->complaint = GTK_LABEL (label);
  gtk_widget_add_css_class (label, "error");
  return label;
}

/* A button that @text is on, with an underscore before the letter for the keyboard, and that is
 * called @name. GTK 4.8 gives the underscore away to screen readers where it makes the label. */
static GtkWidget *
new_button (const char *text, const char *name)
{
  GtkWidget *button = gtk_button_new ();

  gtk_button_set_child (GTK_BUTTON (button), gtk_label_new_with_mnemonic (text));
  describe (button, name);
  return button;
}

static void
add_header (Compose *self)
{
  GtkWidget *header = gtk_header_bar_new ();
  GtkWidget *cancel = new_button (_ ("_Cancel"), _ ("Cancel"));

  self->send = new_button (_ ("_Send"), _ ("Send"));
  gtk_widget_add_css_class (self->send, "suggested-action");
  gtk_widget_set_tooltip_text (self->send, _ ("Ctrl+Enter"));
  g_signal_connect (self->send, "clicked", G_CALLBACK (on_send), self);
  g_signal_connect_swapped (cancel, "clicked", G_CALLBACK (gtk_window_close), self->window);
  gtk_header_bar_set_show_title_buttons (GTK_HEADER_BAR (header), FALSE);
  gtk_header_bar_pack_start (GTK_HEADER_BAR (header), cancel);
  gtk_header_bar_pack_end (GTK_HEADER_BAR (header), self->send);
  gtk_window_set_titlebar (self->window, header);
}

static void
add_shortcuts (Compose *self)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();
  GtkShortcutController *shortcuts = GTK_SHORTCUT_CONTROLLER (controller);

  /* Before the text takes the Enter */
  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  gtk_shortcut_controller_add_shortcut (
      shortcuts,
      gtk_shortcut_new (gtk_shortcut_trigger_parse_string ("<Control>Return|<Control>KP_Enter"),
                        gtk_callback_action_new (on_send_key, self, NULL)));
  gtk_shortcut_controller_add_shortcut (
      shortcuts, gtk_shortcut_new (gtk_shortcut_trigger_parse_string ("Escape"),
                                   gtk_callback_action_new (on_escape, self, NULL)));
  gtk_widget_add_controller (GTK_WIDGET (self->window), controller);
}

static void
add_contents (Compose *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, MARGIN);

  gtk_widget_set_margin_start (box, MARGIN);
  gtk_widget_set_margin_end (box, MARGIN);
  gtk_widget_set_margin_top (box, MARGIN);
  gtk_widget_set_margin_bottom (box, MARGIN);
  gtk_box_append (GTK_BOX (box), new_question (self));
  gtk_box_append (GTK_BOX (box), new_reply (self));
  gtk_box_append (GTK_BOX (box), new_when (self));
  gtk_box_append (GTK_BOX (box), new_complaint (self));
  gtk_window_set_child (self->window, box);
}

/* Returns: (nullable) (transfer none): the window that is about thread @number. */
static GtkWindow *
find_window (GtkApplication *application, guint32 number)
{
  for (GList *l = gtk_application_get_windows (application); l != NULL; l = l->next)
    {
      const Compose *self = g_object_get_data (l->data, COMPOSE);

      if (self->number == number)
        return l->data;
    }

  return NULL;
}

void
onc_compose_present (GtkApplication *application, GDBusConnection *connection, guint32 number)
{
  GtkWindow *window = find_window (application, number);
  g_autofree char *title = g_strdup_printf (_ ("Reply to thread %u"), number);
  Compose *self;

  if (window != NULL)
    {
      gtk_window_present (window);
      return;
    }

  self = g_new0 (Compose, 1);
  self->window = GTK_WINDOW (gtk_application_window_new (application));
  self->connection = g_object_ref (connection);
  self->number = number;
  self->path = g_strdup_printf (ONC_BUS_THREAD_PREFIX "%u", number);
  self->cancellable = g_cancellable_new ();
  gtk_window_set_title (self->window, title);
  gtk_window_set_default_size (self->window, 620, 320);
  add_header (self);
  add_contents (self);
  add_shortcuts (self);
  g_object_set_data_full (G_OBJECT (self->window), COMPOSE, self, (GDestroyNotify) compose_free);
  update_send (self);
  g_dbus_connection_call (connection, ONC_BUS_NAME, self->path, ONC_DBUS_PROPERTIES, "GetAll",
                          g_variant_new ("(s)", ONC_BUS_THREAD), G_VARIANT_TYPE ("(a{sv})"),
                          G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, self->cancellable, on_thread, self);
  gtk_widget_grab_focus (GTK_WIDGET (self->reply));
  gtk_window_present (self->window);
}
