//! All apps of all environments: brought in line with the documents, found by host name, listed.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};

use futures_util::future::join_all;
use serving::route::RoutingTable;

use crate::ports::artifacts::ArtifactStore;
use crate::ports::platform::{
    Application, EnvironmentContent, EnvironmentStatus, Instance, NotSimulated,
};

use super::app::App;
use super::desired;
use super::machine::Machine;

type Routes = RoutingTable<Arc<App>>;

/// Every app on this machine.
#[derive(Debug)]
pub(super) struct Estate {
    machine: Arc<Machine>,
    images: Arc<dyn ArtifactStore>,
    routes: RwLock<Arc<Routes>>,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    environments: BTreeMap<String, Environment>,
}

#[derive(Debug, Default)]
struct Environment {
    commit: Option<String>,
    problem: Option<String>,
    apps: BTreeMap<String, Arc<App>>,
    not_simulated: Vec<NotSimulated>,
}

impl Estate {
    pub(super) fn new(machine: Arc<Machine>, images: Arc<dyn ArtifactStore>) -> Self {
        Self {
            machine,
            images,
            routes: RwLock::default(),
            state: Mutex::default(),
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Makes an environment what `content` says. With `again`, releases that failed before are tried once more.
    ///
    /// Reads the image store, so it is for a thread that may wait; must be called on the runtime that serves.
    pub(super) fn apply(
        &self,
        name: &str,
        commit: &str,
        content: &EnvironmentContent,
        again: bool,
    ) {
        let desired = desired::read(name, content, self.images.as_ref());
        let mut removed = Vec::new();
        {
            let mut state = self.lock();
            let environment = state.environments.entry(name.to_owned()).or_default();
            environment.commit = Some(commit.to_owned());
            environment.problem = None;
            environment.not_simulated = desired.not_simulated;
            let wanted: BTreeSet<String> = desired
                .workloads
                .iter()
                .map(|workload| workload.name.clone())
                .collect();
            let gone: Vec<String> = environment
                .apps
                .keys()
                .filter(|name| !wanted.contains(*name))
                .cloned()
                .collect();
            removed.extend(gone.iter().filter_map(|name| environment.apps.remove(name)));
            for workload in desired.workloads {
                match environment.apps.get(&workload.name) {
                    Some(app) => app.deploy(workload, again),
                    None => {
                        environment
                            .apps
                            .insert(workload.name.clone(), App::start(&self.machine, workload));
                    }
                }
            }
        }
        self.reroute();
        for app in removed {
            tokio::spawn(async move { app.end().await });
        }
    }

    /// Notes why the newest commit of an environment could not be applied; what runs goes on.
    pub(super) fn set_problem(&self, name: &str, problem: String) {
        self.lock()
            .environments
            .entry(name.to_owned())
            .or_default()
            .problem = Some(problem);
    }

    /// Ends environments that are no longer registered.
    pub(super) fn keep_only(&self, names: &[String]) {
        let gone: Vec<Environment> = {
            let mut state = self.lock();
            let gone: Vec<String> = state
                .environments
                .keys()
                .filter(|name| !names.contains(name))
                .cloned()
                .collect();
            gone.iter()
                .filter_map(|name| state.environments.remove(name))
                .collect()
        };
        if gone.is_empty() {
            return;
        }
        self.reroute();
        for app in gone
            .into_iter()
            .flat_map(|environment| environment.apps.into_values())
        {
            tokio::spawn(async move { app.end().await });
        }
    }

    fn reroute(&self) {
        let mut routes = Routes::default();
        for app in self.apps(None) {
            for host in app.hosts() {
                routes.insert(&host, Arc::clone(&app));
            }
        }
        *self.routes.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(routes);
    }

    /// The table in force.
    pub(super) fn routes(&self) -> Arc<Routes> {
        Arc::clone(&self.routes.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// The apps of one environment, or of all.
    pub(super) fn apps(&self, environment: Option<&str>) -> Vec<Arc<App>> {
        let state = self.lock();
        let chosen = state
            .environments
            .iter()
            .filter(|(name, _)| environment.is_none_or(|wanted| wanted == *name));
        chosen
            .flat_map(|(_, environment)| environment.apps.values().cloned())
            .collect()
    }

    pub(super) fn environments(&self) -> Vec<EnvironmentStatus> {
        let state = self.lock();
        let status = |(name, environment): (&String, &Environment)| EnvironmentStatus {
            name: name.clone(),
            commit: environment.commit.clone(),
            problem: environment.problem.clone(),
        };
        state.environments.iter().map(status).collect()
    }

    pub(super) fn not_simulated(&self, environment: Option<&str>) -> Vec<NotSimulated> {
        let state = self.lock();
        let chosen = state
            .environments
            .iter()
            .filter(|(name, _)| environment.is_none_or(|wanted| wanted == *name));
        chosen
            .flat_map(|(_, environment)| environment.not_simulated.clone())
            .collect()
    }

    pub(super) fn applications(
        &self,
        environment: Option<&str>,
        gateway_port: u16,
    ) -> Vec<Application> {
        let mut applications: Vec<Application> = self
            .apps(environment)
            .iter()
            .map(|app| app.application(gateway_port))
            .collect();
        applications.sort_by(|one, other| {
            (&one.app, &one.environment).cmp(&(&other.app, &other.environment))
        });
        applications
    }

    pub(super) fn instances(&self) -> Vec<Instance> {
        let mut instances: Vec<Instance> = self
            .apps(None)
            .iter()
            .flat_map(|app| app.instances())
            .collect();
        instances.sort_by(|one, other| {
            (&one.environment, &one.app, &one.name).cmp(&(
                &other.environment,
                &other.app,
                &other.name,
            ))
        });
        instances
    }

    /// Ends all apps; returns when they have ended.
    pub(super) async fn end(&self) {
        let apps = self.apps(None);
        join_all(apps.iter().map(|app| app.end())).await;
    }
}
