/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-passphrase-rows.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#define SHORTEST_PASSPHRASE 12

struct _ProbityPassphraseRows
{
  AdwBin parent_instance;

  gboolean acceptable;

  GtkLabel            *note_label;
  AdwPasswordEntryRow *passphrase_row;
  AdwPasswordEntryRow *repeat_row;
  GtkLevelBar         *level_bar;
  GtkLabel            *hint_label;
};

typedef enum
{
  PROP_ACCEPTABLE = 1,
} ProbityPassphraseRowsProps;

static GParamSpec *properties[PROP_ACCEPTABLE + 1];

G_DEFINE_FINAL_TYPE (ProbityPassphraseRows, probity_passphrase_rows, ADW_TYPE_BIN)

/**
 * probity_passphrase_get_strength:
 * @passphrase: a passphrase
 *
 * A rough guess at how long it withstands guessing: letters that repeat or follow each other
 * (`aaaa`, `1234`) count little. Nothing is stored and nothing leaves the program.
 *
 * Returns: 0 (too short) to 4 (strong)
 */
guint
probity_passphrase_get_strength (const char *passphrase)
{
  gboolean lower = FALSE, upper = FALSE, digit = FALSE, other = FALSE;
  double   letters = 0, alphabet = 0, bits;
  gunichar last = 0;

  for (const char *p = passphrase; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      lower |= g_unichar_islower (c);
      upper |= g_unichar_isupper (c);
      digit |= g_unichar_isdigit (c);
      other |= !g_unichar_isalnum (c);
      letters += (last != 0 && (c == last || c == last + 1 || c + 1 == last)) ? 0.25 : 1;
      last = c;
    }
  alphabet = (lower ? 26 : 0) + (upper ? 26 : 0) + (digit ? 10 : 0) + (other ? 16 : 0);
  if (g_utf8_strlen (passphrase, -1) < SHORTEST_PASSPHRASE || alphabet == 0)
    return 0;

  /* Words of a language carry about half of what random letters would. */
  bits = letters * log2 (alphabet) * 0.55;
  if (bits < 30)
    return 1;
  if (bits < 45)
    return 2;
  if (bits < 65)
    return 3;
  return 4;
}

static const char *
hint_for_strength (guint strength)
{
  switch (strength)
    {
    case 0:
      return _ ("At least twelve characters. Four words that do not belong together are strong and easy to keep in mind.");
    case 1:
      return _ ("Easy to guess. Add another word.");
    case 2:
      return _ ("Fair. Another word makes it strong.");
    case 3:
      return _ ("Good.");
    default:
      return _ ("Strong.");
    }
}

static void
changed_cb (ProbityPassphraseRows *self)
{
  const char *passphrase = gtk_editable_get_text (GTK_EDITABLE (self->passphrase_row));
  const char *repeat = gtk_editable_get_text (GTK_EDITABLE (self->repeat_row));
  guint       strength = probity_passphrase_get_strength (passphrase);
  gboolean    differs = *repeat != '\0' && !g_str_has_prefix (passphrase, repeat);
  gboolean    acceptable = strength >= 2 && g_str_equal (passphrase, repeat);

  g_assert (PROBITY_IS_PASSPHRASE_ROWS (self));

  gtk_level_bar_set_value (self->level_bar, strength);
  gtk_label_set_label (self->hint_label, differs ? _ ("The two do not match.") : hint_for_strength (strength));
  if (differs)
    gtk_widget_add_css_class (GTK_WIDGET (self->repeat_row), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->repeat_row), "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->repeat_row),
                               GTK_ACCESSIBLE_STATE_INVALID,
                               differs ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE,
                               -1);
  if (acceptable != self->acceptable)
    {
      self->acceptable = acceptable;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ACCEPTABLE]);
    }
}

static void
probity_passphrase_rows_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), PROBITY_TYPE_PASSPHRASE_ROWS);

  G_OBJECT_CLASS (probity_passphrase_rows_parent_class)->dispose (object);
}

static void
probity_passphrase_rows_get_property (GObject    *object,
                                      guint       property_id,
                                      GValue     *value,
                                      GParamSpec *pspec)
{
  ProbityPassphraseRows *self = PROBITY_PASSPHRASE_ROWS (object);

  switch ((ProbityPassphraseRowsProps) property_id)
    {
    case PROP_ACCEPTABLE:
      g_value_set_boolean (value, self->acceptable);
      break;
    }
}

static void
probity_passphrase_rows_class_init (ProbityPassphraseRowsClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = probity_passphrase_rows_dispose;
  object_class->get_property = probity_passphrase_rows_get_property;

  properties[PROP_ACCEPTABLE] =
      g_param_spec_boolean ("acceptable", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/probity/Probity/ui/common/probity-passphrase-rows.ui");
  gtk_widget_class_bind_template_child (widget_class, ProbityPassphraseRows, note_label);
  gtk_widget_class_bind_template_child (widget_class, ProbityPassphraseRows, passphrase_row);
  gtk_widget_class_bind_template_child (widget_class, ProbityPassphraseRows, repeat_row);
  gtk_widget_class_bind_template_child (widget_class, ProbityPassphraseRows, level_bar);
  gtk_widget_class_bind_template_child (widget_class, ProbityPassphraseRows, hint_label);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
}

static void
probity_passphrase_rows_init (ProbityPassphraseRows *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  changed_cb (self);
}

/** The passphrase; kept by the field in memory that is not paged out, so copy nothing. */
const char *
probity_passphrase_rows_get_text (ProbityPassphraseRows *self)
{
  g_return_val_if_fail (PROBITY_IS_PASSPHRASE_ROWS (self), NULL);
  return gtk_editable_get_text (GTK_EDITABLE (self->passphrase_row));
}

/** Whether the passphrase is strong enough and was entered twice alike. */
gboolean
probity_passphrase_rows_get_acceptable (ProbityPassphraseRows *self)
{
  g_return_val_if_fail (PROBITY_IS_PASSPHRASE_ROWS (self), FALSE);
  return self->acceptable;
}

/** Shows @note above the fields. */
void
probity_passphrase_rows_set_note (ProbityPassphraseRows *self,
                                  const char            *note)
{
  g_return_if_fail (PROBITY_IS_PASSPHRASE_ROWS (self));

  gtk_label_set_label (self->note_label, note != NULL ? note : "");
  gtk_widget_set_visible (GTK_WIDGET (self->note_label), note != NULL);
}
