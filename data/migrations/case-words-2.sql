-- SPDX-License-Identifier: GPL-3.0-or-later
-- What every case has, version 2: the words of log entries, actions, decisions and exhibits, by which their case is found; see
-- registers-words-2.sql. The same in registers, standards and intelligence.

@include words-of-column-2.sql index=search_case_log table=case_log column=text

CREATE VIEW search_case_action_words AS
SELECT id, title, what, result,
  probity_weights (title, what, result) AS weights FROM case_action;

CREATE VIRTUAL TABLE search_case_action USING fts5 (
  title, what, result, weights,
  content = 'search_case_action_words', content_rowid = 'id', prefix = '2 3 4', tokenize = 'unicode61 remove_diacritics 2'
);
INSERT INTO search_case_action (search_case_action, rank) VALUES ('secure-delete', 1);
INSERT INTO search_case_action (search_case_action) VALUES ('rebuild');
INSERT INTO search_case_action (rowid, title) VALUES (0, 'x');
INSERT INTO search_case_action (search_case_action, rowid, title) VALUES ('delete', 0, 'x');
CREATE TRIGGER search_case_action_insert AFTER INSERT ON case_action BEGIN
  INSERT INTO search_case_action (rowid, title, what, result, weights)
  VALUES (new.id, new.title, new.what, new.result, probity_weights (new.title, new.what, new.result));
END;
CREATE TRIGGER search_case_action_delete AFTER DELETE ON case_action BEGIN
  INSERT INTO search_case_action (search_case_action, rowid, title, what, result, weights)
  VALUES ('delete', old.id, old.title, old.what, old.result, probity_weights (old.title, old.what, old.result));
END;
CREATE TRIGGER search_case_action_update AFTER UPDATE OF title, what, result ON case_action
WHEN new.title IS NOT old.title OR new.what IS NOT old.what OR new.result IS NOT old.result BEGIN
  INSERT INTO search_case_action (search_case_action, rowid, title, what, result, weights)
  VALUES ('delete', old.id, old.title, old.what, old.result, probity_weights (old.title, old.what, old.result));
  INSERT INTO search_case_action (rowid, title, what, result, weights)
  VALUES (new.id, new.title, new.what, new.result, probity_weights (new.title, new.what, new.result));
END;

CREATE VIEW search_case_decision_words AS
SELECT id, title, information, threat, powers, options, action, ethics,
  reasons,
  probity_weights (title, information, threat, powers, options, action, ethics, reasons) AS weights FROM
    case_decision;

CREATE VIRTUAL TABLE search_case_decision USING fts5 (
  title, information, threat, powers, options, action, ethics, reasons, weights,
  content = 'search_case_decision_words', content_rowid = 'id', prefix = '2 3 4', tokenize = 'unicode61 remove_diacritics 2'
);
INSERT INTO search_case_decision (search_case_decision, rank) VALUES ('secure-delete', 1);
INSERT INTO search_case_decision (search_case_decision) VALUES ('rebuild');
INSERT INTO search_case_decision (rowid, title) VALUES (0, 'x');
INSERT INTO search_case_decision (search_case_decision, rowid, title) VALUES ('delete', 0, 'x');
CREATE TRIGGER search_case_decision_insert AFTER INSERT ON case_decision BEGIN
  INSERT INTO search_case_decision (rowid, title, information, threat, powers, options, action, ethics, reasons,
    weights)
  VALUES (new.id, new.title, new.information, new.threat, new.powers, new.options, new.action, new.ethics,
    new.reasons,
    probity_weights (new.title, new.information, new.threat, new.powers, new.options, new.action, new.ethics,
      new.reasons));
END;
CREATE TRIGGER search_case_decision_delete AFTER DELETE ON case_decision BEGIN
  INSERT INTO search_case_decision (search_case_decision, rowid, title, information, threat, powers, options, action,
    ethics, reasons, weights)
  VALUES ('delete', old.id, old.title, old.information, old.threat, old.powers, old.options, old.action, old.ethics,
    old.reasons,
    probity_weights (old.title, old.information, old.threat, old.powers, old.options, old.action, old.ethics,
      old.reasons));
END;
CREATE TRIGGER search_case_decision_update AFTER UPDATE OF title, information, threat, powers, options, action, ethics,
    reasons ON case_decision
WHEN new.title IS NOT old.title OR new.information IS NOT old.information OR new.threat IS NOT old.threat
   OR new.powers IS NOT old.powers OR new.options IS NOT old.options OR new.action IS NOT old.action
   OR new.ethics IS NOT old.ethics OR new.reasons IS NOT old.reasons BEGIN
  INSERT INTO search_case_decision (search_case_decision, rowid, title, information, threat, powers, options, action,
    ethics, reasons, weights)
  VALUES ('delete', old.id, old.title, old.information, old.threat, old.powers, old.options, old.action, old.ethics,
    old.reasons,
    probity_weights (old.title, old.information, old.threat, old.powers, old.options, old.action, old.ethics,
      old.reasons));
  INSERT INTO search_case_decision (rowid, title, information, threat, powers, options, action, ethics, reasons,
    weights)
  VALUES (new.id, new.title, new.information, new.threat, new.powers, new.options, new.action, new.ethics,
    new.reasons,
    probity_weights (new.title, new.information, new.threat, new.powers, new.options, new.action, new.ethics,
      new.reasons));
END;

CREATE VIEW search_exhibit_words AS
SELECT id, reference, description, received_from, place, file_name,
  probity_weights (reference, description, received_from, place, file_name) AS weights FROM exhibit;

CREATE VIRTUAL TABLE search_exhibit USING fts5 (
  reference, description, received_from, place, file_name, weights,
  content = 'search_exhibit_words', content_rowid = 'id', prefix = '2 3 4', tokenize = 'unicode61 remove_diacritics 2'
);
INSERT INTO search_exhibit (search_exhibit, rank) VALUES ('secure-delete', 1);
INSERT INTO search_exhibit (search_exhibit) VALUES ('rebuild');
INSERT INTO search_exhibit (rowid, reference) VALUES (0, 'x');
INSERT INTO search_exhibit (search_exhibit, rowid, reference) VALUES ('delete', 0, 'x');
CREATE TRIGGER search_exhibit_insert AFTER INSERT ON exhibit BEGIN
  INSERT INTO search_exhibit (rowid, reference, description, received_from, place, file_name, weights)
  VALUES (new.id, new.reference, new.description, new.received_from, new.place, new.file_name,
    probity_weights (new.reference, new.description, new.received_from, new.place, new.file_name));
END;
CREATE TRIGGER search_exhibit_delete AFTER DELETE ON exhibit BEGIN
  INSERT INTO search_exhibit (search_exhibit, rowid, reference, description, received_from, place, file_name, weights)
  VALUES ('delete', old.id, old.reference, old.description, old.received_from, old.place, old.file_name,
    probity_weights (old.reference, old.description, old.received_from, old.place, old.file_name));
END;
CREATE TRIGGER search_exhibit_update AFTER UPDATE OF reference, description, received_from, place, file_name ON exhibit
WHEN new.reference IS NOT old.reference OR new.description IS NOT old.description
   OR new.received_from IS NOT old.received_from OR new.place IS NOT old.place OR new.file_name IS NOT old.file_name BEGIN
  INSERT INTO search_exhibit (search_exhibit, rowid, reference, description, received_from, place, file_name, weights)
  VALUES ('delete', old.id, old.reference, old.description, old.received_from, old.place, old.file_name,
    probity_weights (old.reference, old.description, old.received_from, old.place, old.file_name));
  INSERT INTO search_exhibit (rowid, reference, description, received_from, place, file_name, weights)
  VALUES (new.id, new.reference, new.description, new.received_from, new.place, new.file_name,
    probity_weights (new.reference, new.description, new.received_from, new.place, new.file_name));
END;
