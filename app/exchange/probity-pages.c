/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-pages.h"

#include <cairo-pdf.h>
#include <pango/pangocairo.h>
#include <string.h>

#include "probity-instant.h"

/* A4 in points, and where text stands on it. */
#define PAGE_WIDTH 595.276
#define PAGE_HEIGHT 841.89
#define MARGIN 62.0
#define TOP 84.0
#define BOTTOM (PAGE_HEIGHT - 84.0)
#define TEXT_WIDTH (PAGE_WIDTH - 2 * MARGIN)
#define LABEL_WIDTH 150.0
#define NUMBER_WIDTH 26.0
#define LONGEST_LABEL 24
#define LINE 15.0
#define BODY_SIZE 10.5

#define MARKING "OFFICIAL-SENSITIVE"
#define MAX_TEXT (256 * 1024)
#define MAX_PAGES 200

typedef enum
{
  BLOCK_TEXT,
  BLOCK_HEADING,
  BLOCK_TITLE,
  BLOCK_BANNER,
  BLOCK_LABELLED, /* a label beside a text */
  BLOCK_BOX,      /* a label and empty space to write in */
  BLOCK_SPACE,
} BlockKind;

typedef struct
{
  BlockKind kind;
  char     *label;
  char     *text;
  double    indent;
  double    height;
} Block;

typedef struct
{
  guint            page;
  guint            block;
  double           x;
  double           y; /* baseline of a line, top of a box */
  PangoLayoutLine *line;
  double           width;
  double           height;
} Item;

struct _ProbityPages
{
  char   *marking;
  char   *title;
  char   *author;
  char   *printed;
  char   *created;
  GArray *blocks;
  gsize   length;

  cairo_t *cairo;
  GArray  *items;
  guint    page;
  double   y;
};

G_DEFINE_QUARK (probity-pages-error-quark, probity_pages_error)

static void
clear_block (gpointer data)
{
  Block *block = data;

  g_free (block->label);
  g_free (block->text);
}

static void
clear_item (gpointer data)
{
  Item *item = data;

  g_clear_pointer (&item->line, pango_layout_line_unref);
}

static void
add_block (ProbityPages *self,
           BlockKind     kind,
           const char   *label,
           const char   *text,
           double        indent,
           double        height)
{
  Block block = { kind, g_strdup (label), g_strdup (text), indent, height };

  self->length += (label != NULL ? strlen (label) : 0) + (text != NULL ? strlen (text) : 0);
  g_array_append_val (self->blocks, block);
}

static cairo_status_t
write_bytes_cb (void                *closure,
                const unsigned char *data,
                unsigned int         length)
{
  g_byte_array_append (closure, data, length);

  return CAIRO_STATUS_SUCCESS;
}

static PangoLayout *
make_layout (ProbityPages *self,
             const char   *text,
             double        size,
             gboolean      bold,
             double        width)
{
  PangoLayout *layout = pango_cairo_create_layout (self->cairo);
  g_autoptr (PangoFontDescription) font = pango_font_description_from_string ("Sans");
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();

  pango_font_description_set_absolute_size (font, size * PANGO_SCALE);
  if (bold)
    pango_font_description_set_weight (font, PANGO_WEIGHT_BOLD);
  pango_layout_set_font_description (layout, font);
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  if (width > 0)
    pango_layout_set_width (layout, (int) (width * PANGO_SCALE));
  /* A ligature is copied out of the PDF as a sign of its own, in which no search finds the word. */
  pango_attr_list_insert (attributes, pango_attr_font_features_new ("liga=0, clig=0, dlig=0"));
  pango_layout_set_attributes (layout, attributes);
  pango_layout_set_line_spacing (layout, 1.15f);
  pango_layout_set_text (layout, text, -1);

  return layout;
}

static void
start_page (ProbityPages *self)
{
  self->page++;
  self->y = TOP;
}

static void
need_height (ProbityPages *self,
             double        height)
{
  if (self->y + height > BOTTOM && self->y > TOP)
    start_page (self);
}

/* Places the lines of @layout below each other from self->y, over as many pages as they need. */
static void
place_layout (ProbityPages *self,
              guint         block,
              PangoLayout  *layout,
              double        x)
{
  g_autoptr (PangoLayoutIter) iter = pango_layout_get_iter (layout);

  do
    {
      PangoRectangle logical;
      double         ascent, height;
      Item           item = { 0 };

      pango_layout_iter_get_line_extents (iter, NULL, &logical);
      height = (double) logical.height / PANGO_SCALE;
      ascent = (double) (pango_layout_iter_get_baseline (iter) - logical.y) / PANGO_SCALE;

      need_height (self, height);
      item.page = self->page;
      item.block = block;
      item.x = x + (double) logical.x / PANGO_SCALE;
      item.y = self->y + ascent;
      item.line = pango_layout_line_ref (pango_layout_iter_get_line_readonly (iter));
      g_array_append_val (self->items, item);
      self->y += height;
    }
  while (pango_layout_iter_next_line (iter));
}

static void
place_box (ProbityPages *self,
           guint         block,
           double        x,
           double        width,
           double        height)
{
  Item item = { self->page, block, x, self->y, NULL, width, height };

  g_array_append_val (self->items, item);
}

static void
place_labelled (ProbityPages *self,
                guint         index,
                const Block  *block)
{
  g_autoptr (PangoLayout) label = make_layout (self, block->label, BODY_SIZE, block->indent > NUMBER_WIDTH, block->indent - 6);
  g_autoptr (PangoLayout) text = make_layout (self, block->text, BODY_SIZE, FALSE, TEXT_WIDTH - block->indent);
  double y, after_label;
  guint  page;

  /* The label's whole height, so that both begin on the same page. */
  {
    int height;

    pango_layout_get_pixel_size (label, NULL, &height);
    need_height (self, height + 1);
  }
  page = self->page;
  y = self->y;
  place_layout (self, index, label, MARGIN);
  after_label = self->y;
  self->y = y;
  place_layout (self, index, text, MARGIN + block->indent);
  if (self->page == page)
    self->y = MAX (self->y, after_label);
  self->y += 3;
}

static void
place_block (ProbityPages *self,
             guint         index)
{
  const Block *block = &g_array_index (self->blocks, Block, index);
  g_autoptr (PangoLayout) layout = NULL;

  switch (block->kind)
    {
    case BLOCK_TEXT:
      layout = make_layout (self, block->text, BODY_SIZE, FALSE, TEXT_WIDTH);
      place_layout (self, index, layout, MARGIN);
      self->y += 6;
      break;

    case BLOCK_HEADING:
      /* Never the last line of a page. */
      self->y += 8;
      need_height (self, 5 * LINE);
      layout = make_layout (self, block->text, 12, TRUE, TEXT_WIDTH);
      place_layout (self, index, layout, MARGIN);
      self->y += 4;
      break;

    case BLOCK_TITLE:
      self->y += 10;
      need_height (self, 5 * LINE);
      layout = make_layout (self, block->text, 15, TRUE, TEXT_WIDTH);
      place_layout (self, index, layout, MARGIN);
      self->y += 8;
      break;

    case BLOCK_BANNER:
      layout = make_layout (self, block->text, 19, TRUE, TEXT_WIDTH);
      place_layout (self, index, layout, MARGIN);
      if (block->label != NULL)
        {
          g_autoptr (PangoLayout) second = make_layout (self, block->label, 12, FALSE, TEXT_WIDTH);

          place_layout (self, index, second, MARGIN);
        }
      self->y += 6;
      place_box (self, index, MARGIN, TEXT_WIDTH, 0);
      self->y += 14;
      break;

    case BLOCK_LABELLED:
      place_labelled (self, index, block);
      break;

    case BLOCK_BOX:
      {
        int height;

        layout = make_layout (self, block->label, BODY_SIZE, FALSE, TEXT_WIDTH);
        pango_layout_get_pixel_size (layout, NULL, &height);
        need_height (self, height + block->height + 4);
        place_layout (self, index, layout, MARGIN);
        self->y += 2;
        place_box (self, index, MARGIN, TEXT_WIDTH, block->height);
        self->y += block->height + 8;
      }
      break;

    case BLOCK_SPACE:
      self->y += block->height;
      break;
    }
}

static const char *
get_tag (BlockKind kind)
{
  switch (kind)
    {
    case BLOCK_BANNER:
      return "H1";
    case BLOCK_TITLE:
      return "H2";
    case BLOCK_HEADING:
      return "H3";
    case BLOCK_TEXT:
    case BLOCK_LABELLED:
    case BLOCK_BOX:
    case BLOCK_SPACE:
      return "P";
    }

  return "P";
}

static void
draw_centred (ProbityPages *self,
              const char   *text,
              double        size,
              gboolean      bold,
              double        y)
{
  g_autoptr (PangoLayout) layout = make_layout (self, text, size, bold, TEXT_WIDTH);

  pango_layout_set_alignment (layout, PANGO_ALIGN_CENTER);
  cairo_move_to (self->cairo, MARGIN, y);
  pango_cairo_show_layout (self->cairo, layout);
}

/* Marking at head and foot, who printed it, and which page this is. */
static void
draw_frame (ProbityPages *self,
            guint         page,
            guint         n_pages)
{
  g_autofree char *number = g_strdup_printf ("%s · Page %u of %u", self->printed, page, n_pages);

  cairo_set_source_rgb (self->cairo, 0, 0, 0);
  draw_centred (self, self->marking, 11, TRUE, 34);
  draw_centred (self, number, 8, FALSE, PAGE_HEIGHT - 66);
  draw_centred (self, self->marking, 11, TRUE, PAGE_HEIGHT - 48);
}

static void
draw_item (ProbityPages *self,
           const Item   *item)
{
  if (item->line != NULL)
    {
      cairo_move_to (self->cairo, item->x, item->y);
      pango_cairo_show_layout_line (self->cairo, item->line);
      return;
    }

  cairo_set_line_width (self->cairo, 0.7);
  if (item->height > 0)
    {
      cairo_rectangle (self->cairo, item->x, item->y, item->width, item->height);
    }
  else
    {
      cairo_move_to (self->cairo, item->x, item->y);
      cairo_rel_line_to (self->cairo, item->width, 0);
    }
  cairo_stroke (self->cairo);
}

static void
draw_pages (ProbityPages *self)
{
  guint n_pages = self->page;
  guint at = 0;

  for (guint page = 1; page <= n_pages; page++)
    {
      draw_frame (self, page, n_pages);

      while (at < self->items->len && g_array_index (self->items, Item, at).page == page)
        {
          guint       block = g_array_index (self->items, Item, at).block;
          const char *tag = get_tag (g_array_index (self->blocks, Block, block).kind);

          cairo_tag_begin (self->cairo, tag, NULL);
          for (; at < self->items->len; at++)
            {
              const Item *item = &g_array_index (self->items, Item, at);

              if (item->page != page || item->block != block)
                break;
              draw_item (self, item);
            }
          cairo_tag_end (self->cairo, tag);
        }
      cairo_show_page (self->cairo);
    }
}

static int
compare_items (gconstpointer a,
               gconstpointer b)
{
  const Item *one = a;
  const Item *other = b;

  if (one->page != other->page)
    return one->page < other->page ? -1 : 1;
  if (one->block != other->block)
    return one->block < other->block ? -1 : 1;

  return 0;
}

/**
 * probity_pages_new:
 * @printed_by: who prints it, for the foot of each page
 * @printed_at: when, an instant
 */
ProbityPages *
probity_pages_new (const char *title,
                   const char *author,
                   const char *printed_by,
                   const char *printed_at)
{
  ProbityPages    *self = g_new0 (ProbityPages, 1);
  g_autofree char *when = probity_instant_to_words (printed_at);

  self->marking = g_strdup (MARKING);
  self->title = g_strdup (title);
  self->author = g_strdup (author);
  self->printed = g_strdup_printf ("Printed by %s on %s", printed_by, when != NULL ? when : printed_at);
  self->created = g_strdup (printed_at);
  self->blocks = g_array_new (FALSE, TRUE, sizeof (Block));
  g_array_set_clear_func (self->blocks, clear_block);
  self->items = g_array_new (FALSE, TRUE, sizeof (Item));
  g_array_set_clear_func (self->items, clear_item);

  return self;
}

void
probity_pages_free (ProbityPages *self)
{
  g_array_unref (self->items);
  g_array_unref (self->blocks);
  g_free (self->marking);
  g_free (self->title);
  g_free (self->author);
  g_free (self->printed);
  g_free (self->created);
  g_free (self);
}

/**
 * probity_pages_set_marking:
 * @marking: of the case, `official` or `official-sensitive`; pages say the higher until they are told
 */
void
probity_pages_set_marking (ProbityPages *self,
                           const char   *marking)
{
  g_free (self->marking);
  self->marking = g_strdup (g_strcmp0 (marking, "official") == 0 ? "OFFICIAL" : MARKING);
}

/**
 * probity_pages_add_banner:
 * @department: (nullable): below the force's name
 */
void
probity_pages_add_banner (ProbityPages *self,
                          const char   *force,
                          const char   *department)
{
  add_block (self, BLOCK_BANNER, department, force, 0, 0);
}

void
probity_pages_add_title (ProbityPages *self,
                         const char   *text)
{
  add_block (self, BLOCK_TITLE, NULL, text, 0, 0);
}

void
probity_pages_add_heading (ProbityPages *self,
                           const char   *text)
{
  add_block (self, BLOCK_HEADING, NULL, text, 0, 0);
}

/**
 * probity_pages_add_text:
 *
 * A paragraph; line ends in it are kept.
 */
void
probity_pages_add_text (ProbityPages *self,
                        const char   *text)
{
  add_block (self, BLOCK_TEXT, NULL, text, 0, 0);
}

void
probity_pages_add_numbered (ProbityPages *self,
                            guint         number,
                            const char   *text)
{
  g_autofree char *label = g_strdup_printf ("%u.", number);

  add_block (self, BLOCK_LABELLED, label, text, NUMBER_WIDTH, 0);
}

/**
 * probity_pages_add_field:
 * @value: (nullable): nothing is printed where it is %NULL or empty
 */
void
probity_pages_add_field (ProbityPages *self,
                         const char   *label,
                         const char   *value)
{
  if (value != NULL && *value != '\0')
    add_block (self, BLOCK_LABELLED, label, value, LABEL_WIDTH, 0);
}

/**
 * probity_pages_add_box:
 * @n_lines: how many lines of handwriting it holds
 */
void
probity_pages_add_box (ProbityPages *self,
                       const char   *label,
                       guint         n_lines)
{
  add_block (self, BLOCK_BOX, label, NULL, 0, n_lines * 19.0);
}

/**
 * probity_pages_add_ticks:
 * @choices: (array zero-terminated=1): each gets a box to tick
 */
void
probity_pages_add_ticks (ProbityPages      *self,
                         const char        *label,
                         const char *const *choices)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; choices[i] != NULL; i++)
    {
      g_autoptr (GString) choice = g_string_new (choices[i]);

      /* A box stays beside its words. */
      g_string_replace (choice, " ", "\u00a0", 0);
      g_string_append_printf (text, "%s☐\u00a0%s", i > 0 ? "    " : "", choice->str);
    }

  if (g_utf8_strlen (label, -1) <= LONGEST_LABEL)
    {
      add_block (self, BLOCK_LABELLED, label, text->str, LABEL_WIDTH, 0);
    }
  else
    {
      /* A question is too long to stand beside its answers. */
      g_string_prepend (text, "    ");
      g_string_prepend (text, label);
      add_block (self, BLOCK_TEXT, NULL, text->str, 0, 0);
    }
}

void
probity_pages_add_space (ProbityPages *self,
                         double        points)
{
  add_block (self, BLOCK_SPACE, NULL, NULL, 0, points);
}

/**
 * probity_pages_render:
 *
 * Returns: (transfer full) (nullable): a PDF; the same pages give the same bytes on the same machine
 */
GBytes *
probity_pages_render (ProbityPages *self,
                      GError      **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  cairo_surface_t *surface;
  cairo_status_t   status;

  if (self->length > MAX_TEXT)
    {
      g_set_error (error, PROBITY_PAGES_ERROR, PROBITY_PAGES_ERROR_TOO_LONG, "more than %d bytes of text", MAX_TEXT);
      return NULL;
    }
  for (guint i = 0; i < self->blocks->len; i++)
    {
      const Block *block = &g_array_index (self->blocks, Block, i);

      if ((block->label != NULL && !g_utf8_validate (block->label, -1, NULL)) ||
          (block->text != NULL && !g_utf8_validate (block->text, -1, NULL)))
        {
          g_set_error_literal (error, PROBITY_PAGES_ERROR, PROBITY_PAGES_ERROR_INVALID, "text that is not UTF-8");
          return NULL;
        }
    }

  surface = cairo_pdf_surface_create_for_stream (write_bytes_cb, bytes, PAGE_WIDTH, PAGE_HEIGHT);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, self->title);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_AUTHOR, self->author);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATOR, "Probity " PROBITY_VERSION);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATE_DATE, self->created);
  self->cairo = cairo_create (surface);

  g_array_set_size (self->items, 0);
  self->page = 0;
  start_page (self);
  for (guint i = 0; i < self->blocks->len && self->page <= MAX_PAGES; i++)
    place_block (self, i);

  /* A label and its text can end on different pages. */
  g_array_sort (self->items, compare_items);
  if (self->page <= MAX_PAGES)
    draw_pages (self);

  status = cairo_status (self->cairo);
  g_clear_pointer (&self->cairo, cairo_destroy);
  cairo_surface_finish (surface);
  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);
  g_array_set_size (self->items, 0);

  if (self->page > MAX_PAGES)
    {
      g_set_error (error, PROBITY_PAGES_ERROR, PROBITY_PAGES_ERROR_TOO_LONG, "more than %d pages", MAX_PAGES);
      return NULL;
    }
  if (status != CAIRO_STATUS_SUCCESS)
    {
      g_set_error_literal (error, PROBITY_PAGES_ERROR, PROBITY_PAGES_ERROR_FAILED, cairo_status_to_string (status));
      return NULL;
    }

  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}
