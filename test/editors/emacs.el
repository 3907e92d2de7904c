;;; A real Emacs with eglot on a project: it starts the server, reads diagnostics, applies a fix, saves.  -*- lexical-binding: t -*-
;; Set up as docs/editors.md says. SERVER names the built command line, NODE the program that runs it.
(require 'eglot)
(require 'flymake)

(defun fail (format &rest args)
  (message "emacs: %s" (apply #'format format args))
  (kill-emacs 1))

(defun wait (what condition)
  "Lets the server speak until CONDITION holds."
  (let ((tries 400) (answer nil))
    (while (and (> tries 0) (not (setq answer (funcall condition))))
      (accept-process-output nil 0.05)
      (setq tries (1- tries)))
    (or answer (fail "nothing came: %s" what))))

(defun finding (rule)
  "The diagnostic of RULE in this buffer."
  (seq-find (lambda (one) (string-match-p (regexp-quote rule) (flymake-diagnostic-text one)))
            (flymake-diagnostics)))

(condition-case problem
    (let ((server (list (getenv "NODE") (getenv "SERVER") "lsp" "--stdio"))
          (eglot-confirm-server-initiated-edits nil)
          (eglot-sync-connect 20)
          (eglot-autoshutdown t))
      (add-to-list 'eglot-server-programs `((python-mode conf-mode) . ,server))
      (find-file "backend/backend/settings.py")
      (apply #'eglot (eglot--guess-contact))
      (let ((tls (wait "diagnostics" (lambda () (finding "settings/redis-tls")))))
        (goto-char (flymake-diagnostic-beg tls))
        (unless (string-match-p "hosts" (thing-at-point 'line))
          (fail "the finding stands on %s" (thing-at-point 'line)))
        (let* ((actions (append (eglot-code-actions (line-beginning-position) (line-end-position) "quickfix" nil) nil))
               (fix (seq-find (lambda (one)
                                (seq-find (lambda (about) (equal (plist-get about :code) "settings/redis-tls"))
                                          (plist-get one :diagnostics)))
                              actions)))
          (unless fix (fail "no fix among %S" actions))
          (eglot--apply-workspace-edit (plist-get fix :edit))
          (message "fixed: %s" (plist-get fix :title))))
      (save-buffer)
      (wait "the finding to go" (lambda () (not (finding "settings/redis-tls"))))
      ;; A file of another kind, changed and not saved.
      (find-file "../../Procfile")
      (conf-mode)
      (apply #'eglot (eglot--guess-contact))
      (goto-char (point-min))
      (unless (search-forward "-b 0.0.0.0 " nil t) (fail "the Procfile is %s" (buffer-string)))
      (replace-match "")
      ;; What eglot does once nobody types for half a second.
      (eglot--signal-textDocument/didChange)
      (wait "the finding of the unsaved Procfile" (lambda () (finding "procfile/bind-host")))
      (set-buffer-modified-p nil)
      (eglot-shutdown (eglot-current-server))
      (kill-emacs 0))
  (error (fail "%S" problem)))
