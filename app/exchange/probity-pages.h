/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ProbityPagesError:
 * @PROBITY_PAGES_ERROR_INVALID: what is to be printed is not complete, or not UTF-8
 * @PROBITY_PAGES_ERROR_TOO_LONG: more text than a letter has
 * @PROBITY_PAGES_ERROR_FAILED: the PDF could not be made
 */
typedef enum
{
  PROBITY_PAGES_ERROR_INVALID,
  PROBITY_PAGES_ERROR_TOO_LONG,
  PROBITY_PAGES_ERROR_FAILED,
} ProbityPagesError;

#define PROBITY_PAGES_ERROR (probity_pages_error_quark ())
GQuark probity_pages_error_quark (void);

/**
 * ProbityPages:
 *
 * A document of A4 pages, filled from top to bottom: marking at head and foot, page n of m, who printed it and when.
 * Text is taken as it is, never as markup. One thread at a time.
 */
typedef struct _ProbityPages ProbityPages;

ProbityPages *probity_pages_new (const char *title,
                                 const char *author,
                                 const char *printed_by,
                                 const char *printed_at);
void          probity_pages_free (ProbityPages *self);
void          probity_pages_set_marking (ProbityPages *self,
                                         const char   *marking);
void          probity_pages_add_banner (ProbityPages *self,
                                        const char   *force,
                                        const char   *department);
void          probity_pages_add_heading (ProbityPages *self,
                                         const char   *text);
void          probity_pages_add_title (ProbityPages *self,
                                       const char   *text);
void          probity_pages_add_text (ProbityPages *self,
                                      const char   *text);
void          probity_pages_add_numbered (ProbityPages *self,
                                          guint         number,
                                          const char   *text);
void          probity_pages_add_field (ProbityPages *self,
                                       const char   *label,
                                       const char   *value);
void          probity_pages_add_box (ProbityPages *self,
                                     const char   *label,
                                     guint         n_lines);
void          probity_pages_add_ticks (ProbityPages      *self,
                                       const char        *label,
                                       const char *const *choices);
void          probity_pages_add_space (ProbityPages *self,
                                       double        points);
GBytes       *probity_pages_render (ProbityPages *self,
                                    GError      **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ProbityPages, probity_pages_free)

G_END_DECLS
