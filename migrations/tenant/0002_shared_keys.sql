-- The foreign keys from a tenant's tables to the shared `public.accounts_user`.
--
-- Each takes SHARE ROW EXCLUSIVE on public.accounts_user until the transaction ends: every write to it, a login for
-- one, waits that long. So they stand apart, and run as the very last statements of the transaction.

ALTER TABLE registry_project ADD CONSTRAINT registry_project_owner_id_a8cb6a62_fk_accounts_user_id
    FOREIGN KEY (owner_id) REFERENCES public.accounts_user (id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE atom_configs_atomconfig ADD CONSTRAINT atom_configs_atomconfig_user_id_83c3e536_fk_accounts_user_id
    FOREIGN KEY (user_id) REFERENCES public.accounts_user (id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE workflows_workflow ADD CONSTRAINT workflows_workflow_created_by_id_7ebb1339_fk_accounts_user_id
    FOREIGN KEY (created_by_id) REFERENCES public.accounts_user (id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE workflows_workflowrun ADD CONSTRAINT workflows_workflowru_initiated_by_id_d14c3d25_fk_accounts_
    FOREIGN KEY (initiated_by_id) REFERENCES public.accounts_user (id) DEFERRABLE INITIALLY DEFERRED;
