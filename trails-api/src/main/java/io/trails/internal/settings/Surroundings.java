package io.trails.internal.settings;

import io.trails.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What surrounds the host, found from its environment and a few files. Immutable.
 *
 * @param facts what was found
 * @param reasons the same with the evidence, for people; names of variables, never values
 */
public record Surroundings(Set<Fact> facts, List<Reason> reasons) {
    /** Set, each of them says which container engine to use from inside a container. */
    private static final List<String> ENGINES =
            List.of("DAGGER_SESSION_PORT", "_EXPERIMENTAL_DAGGER_RUNNER_HOST", "DOCKER_HOST");

    public Surroundings {
        facts = Set.copyOf(facts);
        reasons = List.copyOf(reasons);
    }

    /** What can be found. */
    public enum Fact {
        /** The host runs in a container. */
        CONTAINER,
        /** The environment names a container engine. */
        ENGINE,
        /** The host runs in the Windows Subsystem for Linux. */
        WSL,
        /** Somebody logged in over SSH. */
        SSH,
        /** A CI service runs the host. */
        CI,
        /** The host runs in somebody's browser IDE. */
        CLOUD_IDE,
        /** The host runs inside tmux. */
        TMUX,
        /** The host has no terminal. */
        NO_TTY,
        /** There is no home directory that could be written. */
        NO_HOME
    }

    /** Nothing special. */
    public static Surroundings none() {
        return new Surroundings(Set.of(), List.of());
    }

    /**
     * Looks around. Starts no process.
     *
     * @param environment of the host
     * @param root of the file system
     * @param hasTty whether the host has a terminal
     */
    public static Surroundings detect(Map<String, String> environment, Path root, boolean hasTty) {
        var look = new Look(environment, root);
        look.containers();
        look.wsl();
        look.hosts();
        if (!hasTty) look.found(Fact.NO_TTY, "environment.no-tty", "No terminal is attached to the host");
        look.home();
        return new Surroundings(look.facts, look.reasons);
    }

    public boolean has(Fact fact) {
        return facts.contains(fact);
    }

    /** Whether a container engine could be reached as far as one can tell without asking it. */
    public boolean lacksEngine() {
        return has(Fact.CONTAINER) && !has(Fact.ENGINE);
    }

    private static final class Look {
        private final Map<String, String> environment;
        private final Path root;
        private final Set<Fact> facts = EnumSet.noneOf(Fact.class);
        private final List<Reason> reasons = new ArrayList<>();

        Look(Map<String, String> environment, Path root) {
            this.environment = environment;
            this.root = root;
        }

        void found(Fact fact, String code, String message) {
            facts.add(fact);
            reasons.add(Reason.of(code, message));
        }

        private boolean set(String variable) {
            String value = environment.get(variable);
            return value != null && !value.isBlank();
        }

        /** Set to something that does not mean no. */
        private boolean on(String variable) {
            if (!set(variable)) return false;
            String value = environment.getOrDefault(variable, "").strip().toLowerCase(Locale.ROOT);
            return !value.equals("false") && !value.equals("0") && !value.equals("no");
        }

        /** The first of the variables that is set is the evidence. */
        private void variable(Fact fact, String code, String what, String... variables) {
            for (String variable : variables) {
                if (on(variable)) {
                    found(fact, code, what + ": " + variable + " is set");
                    return;
                }
            }
        }

        private void file(String name, String code, String what) {
            if (Files.exists(root.resolve(name))) found(Fact.CONTAINER, code, what + ": /" + name + " exists");
        }

        void containers() {
            file(".dockerenv", "environment.docker", "In a Docker container");
            file("run/.containerenv", "environment.podman", "In a Podman container");
            variable(Fact.CONTAINER, "environment.kubernetes", "In a Kubernetes pod", "KUBERNETES_SERVICE_HOST");
            variable(
                    Fact.CONTAINER,
                    "environment.dev-container",
                    "In a dev container",
                    "REMOTE_CONTAINERS",
                    "DEVCONTAINER");
            if (!facts.contains(Fact.CONTAINER)) {
                variable(Fact.CONTAINER, "environment.container", "In a container", "container");
            }
            for (String engine : ENGINES) {
                if (set(engine)) {
                    found(Fact.ENGINE, "environment.engine", "A container engine is named: " + engine + " is set");
                    return;
                }
            }
        }

        void wsl() {
            // A container on such a machine has the same kernel, but is no place with Windows drives.
            boolean named = set("WSL_DISTRO_NAME") || set("WSL_INTEROP");
            if (facts.contains(Fact.CONTAINER) && !named) return;
            String kernel = kernel();
            if (kernel.contains("wsl2")) {
                found(Fact.WSL, "environment.wsl2", "In WSL 2: the kernel's release says so");
            } else if (kernel.contains("microsoft")) {
                found(Fact.WSL, "environment.wsl1", "In WSL 1: the kernel's release says so");
            } else if (named) {
                found(
                        Fact.WSL,
                        "environment.wsl",
                        "In WSL: " + (set("WSL_DISTRO_NAME") ? "WSL_DISTRO_NAME" : "WSL_INTEROP") + " is set");
            }
        }

        private String kernel() {
            Path release = root.resolve("proc/sys/kernel/osrelease");
            if (!Files.isRegularFile(release)) return "";
            try (InputStream in = Files.newInputStream(release)) {
                return new String(in.readNBytes(256), StandardCharsets.UTF_8).toLowerCase(Locale.ROOT);
            } catch (IOException hidden) {
                return ""; // Then the variables have to do; nothing depends on knowing.
            }
        }

        void hosts() {
            variable(Fact.SSH, "environment.ssh", "Over SSH", "SSH_CONNECTION", "SSH_CLIENT", "SSH_TTY");
            variable(Fact.CI, "environment.github-actions", "In GitHub Actions", "GITHUB_ACTIONS");
            variable(Fact.CI, "environment.gitlab-ci", "In GitLab CI", "GITLAB_CI");
            variable(Fact.CI, "environment.jenkins", "In Jenkins", "JENKINS_URL", "JENKINS_HOME");
            if (!facts.contains(Fact.CI)) variable(Fact.CI, "environment.ci", "In a CI service", "CI");
            variable(Fact.CLOUD_IDE, "environment.codespaces", "In GitHub Codespaces", "CODESPACES");
            variable(Fact.CLOUD_IDE, "environment.gitpod", "In Gitpod", "GITPOD_WORKSPACE_ID");
            variable(Fact.CLOUD_IDE, "environment.cloud9", "In AWS Cloud9", "C9_PROJECT", "C9_USER");
            variable(Fact.CLOUD_IDE, "environment.coder", "In Coder", "CODER", "CODER_WORKSPACE_NAME");
            variable(Fact.CLOUD_IDE, "environment.cloud-shell", "In Google Cloud Shell", "CLOUD_SHELL");
            variable(Fact.TMUX, "environment.tmux", "Inside tmux", "TMUX");
        }

        void home() {
            String variable = set("HOME") ? "HOME" : "USERPROFILE";
            if (!set(variable)) {
                found(Fact.NO_HOME, "environment.home-missing", "No home directory: HOME is not set");
                return;
            }
            try {
                Path home = Path.of(environment.getOrDefault(variable, ""));
                if (!home.isAbsolute() || !Files.isDirectory(home)) {
                    found(
                            Fact.NO_HOME,
                            "environment.home-missing",
                            "No home directory: " + variable + " names none that exists");
                } else if (!Files.isWritable(home)) {
                    found(Fact.NO_HOME, "environment.home-read-only", "The home directory cannot be written");
                }
            } catch (InvalidPathException noPath) {
                found(Fact.NO_HOME, "environment.home-missing", "No home directory: " + variable + " is no path");
            }
        }
    }
}
