package io.trails;

import io.trails.internal.terminal.HeadlessTerminalProvider;
import io.trails.spi.Provider;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Something usable of every type that a public method takes or belongs to, from a session with an agent. */
final class Samples implements AutoCloseable {
    private static final Changes NO_CHANGES = new Changes(List.of(), List.of());

    private final Map<Class<?>, Object> samples = new HashMap<>();
    private final Trails trails;
    private final Session session;

    Samples(Path project) {
        AgentProfile profile = AgentProfile.named("cat", "cat").build();
        SessionSpec spec =
                SessionSpec.named("sample").mode(Mode.DIRECT).agent(profile).build();
        trails = Trails.create(project);
        session = trails.open(spec);
        Command command = Command.of("cat");
        put(Trails.class, trails);
        put(Session.class, session);
        put(Execution.class, session.start(command));
        put(Terminal.class, session.terminal());
        put(Agent.class, session.agent());
        put(TrailsBuilder.class, Trails.builder(project));
        put(SessionSpec.class, spec);
        put(SessionSpec.Builder.class, SessionSpec.named("sample"));
        put(AgentProfile.class, profile);
        put(AgentProfile.Builder.class, AgentProfile.named("cat", "cat"));
        put(Command.class, command);
        put(Capture.class, command.capture());
        put(Composition.class, new Composition("a", "b", "c", Set.of()));
        put(Limits.class, Limits.none());
        put(Limits.Builder.class, Limits.builder());
        put(Mode.class, Mode.DIRECT);
        put(Mode.Builder.class, Mode.named("own"));
        put(ModeAdvice.class, trails.advise(spec));
        put(ModeRule.class, ModeRule.require("*", "direct", "because"));
        put(NetworkPolicy.class, NetworkPolicy.open());
        put(Output.class, Output.empty());
        put(Reason.class, Reason.of("a.code", "A message", "A remedy"));
        put(RemovalPolicy.class, RemovalPolicy.safe());
        put(RemovalReport.class, RemovalReport.nothing());
        put(Screen.class, session.terminal().screen());
        put(SecurityPolicy.class, SecurityPolicy.empty());
        put(SecurityPolicy.Builder.class, SecurityPolicy.builder());
        put(Settings.class, Settings.builder().build());
        put(Settings.Builder.class, Settings.builder());
        put(Input.class, Input.text(""));
        put(Provider.class, new HeadlessTerminalProvider());
        put(OutputReader.class, session.terminal().output(0));
        put(Playback.class, Playback.original());
        put(RecordingOptions.class, RecordingOptions.output());
        put(TextStyle.class, TextStyle.PLAIN);
        put(StyledScreen.class, new StyledScreen(session.terminal().screen(), List.of()));
        var checkpoint = new Checkpoint("c1", "sample", "a label", Instant.EPOCH);
        put(Checkpoint.class, checkpoint);
        put(DiffRequest.class, DiffRequest.all());
        put(MergeRequest.class, MergeRequest.into("main"));
        put(MergeRequest.Builder.class, MergeRequest.builder());
        put(MergePreview.class, preview());
        put(Change.class, Change.of("a", Change.Kind.ADDED));
        put(Changes.class, NO_CHANGES);
        put(Resolution.class, Resolution.ours());
        put(ConflictResolver.class, (ConflictResolver) (conflict, contents) -> Optional.empty());
        put(Conflict.class, conflict());
        put(Conflict.Side.class, new Conflict.Side("a", "100644", "0".repeat(40)));
        put(HunkChoice[].class, new HunkChoice[] {HunkChoice.ours()});
        put(Resolution.Which[].class, new Resolution.Which[] {Resolution.Which.OURS});
        put(SetupCommand.class, SetupCommand.in("**", "true"));
        put(OutputStream.class, OutputStream.nullOutputStream());
        put(ContainerRecipe.class, ContainerRecipe.empty());
        put(ContainerRecipe.Builder.class, ContainerRecipe.builder());
        ContainerBase image = ContainerBase.image("debian:12-slim");
        put(ContainerBase.class, image);
        put(ContainerBase.Image.class, image);
        put(ContainerService.class, new ContainerService("db", image, List.of(), Map.of(), Set.of()));
        put(ContainerEngine.class, ContainerEngine.at("default", "unix:///run/engine.sock"));
        put(double.class, 1.0);
        put(ClassLoader.class, Samples.class.getClassLoader());
        put(Path.class, project);
        put(Clock.class, Clock.systemUTC());
        put(Duration.class, Duration.ofSeconds(1));
        put(Instant.class, Instant.EPOCH);
        put(String.class, "a");
        put(String[].class, new String[] {"a"});
        put(Isolation[].class, new Isolation[0]);
        put(Key[].class, new Key[0]);
        put(byte[].class, new byte[0]);
        put(List.class, List.of("a"));
        put(Set.class, Set.of());
        put(Map.class, Map.of());
        put(Optional.class, Optional.empty());
        put(OptionalLong.class, OptionalLong.empty());
        put(Consumer.class, (Consumer<Object>) event -> {});
        put(Predicate.class, (Predicate<Object>) screen -> true);
        put(int.class, 1);
        put(long.class, 1L);
        put(boolean.class, false);
    }

    private static Conflict conflict() {
        return new Conflict(
                "a", Conflict.Kind.CONTENT, Optional.empty(), Optional.empty(), Optional.empty(), List.of(), List.of());
    }

    private static MergePreview preview() {
        return new MergePreview(
                "main",
                "0",
                "1",
                Optional.empty(),
                MergePreview.Outcome.CLEAN,
                List.of(),
                NO_CHANGES,
                List.of(),
                "token");
    }

    private void put(Class<?> type, Object sample) {
        samples.put(type, sample);
    }

    Object of(Class<?> type) {
        Object sample = type.isEnum() ? type.getEnumConstants()[0] : samples.get(type);
        if (sample == null) throw new AssertionError("A sample of " + type + " is missing");
        return sample;
    }

    @Override
    public void close() {
        session.remove(RemovalPolicy.safe().endingProcesses());
        trails.close();
    }
}
