package io.trails.spi;

import static org.assertj.core.api.Assertions.assertThat;

import io.trails.Limits;
import io.trails.NetworkPolicy;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SandboxRequestTest {
    private static SandboxRequest full() {
        Path directory = Path.of("").toAbsolutePath();
        return SandboxRequest.builder("session", new HostDirectory(directory), directory.resolve("own"))
                .limits(Limits.builder().wallClock(Duration.ofSeconds(1)).build())
                .network(NetworkPolicy.none())
                .environment(Map.of("ACME", "1"))
                .breachReporter(breach -> {})
                .settings(SandboxSettings.none().withCgroupParent(directory))
                .stateDirectory(directory)
                .bringsBack(true)
                .noticeReporter(notice -> {})
                .build();
    }

    @Test
    void a_copy_says_the_same() throws ReflectiveOperationException {
        SandboxRequest request = full();
        SandboxRequest copy = request.toBuilder().build();
        for (Method method : SandboxRequest.class.getDeclaredMethods()) {
            boolean accessor = Modifier.isPublic(method.getModifiers())
                    && !Modifier.isStatic(method.getModifiers())
                    && !method.getName().equals("toBuilder");
            if (accessor) assertThat(method.invoke(copy)).as(method.getName()).isEqualTo(method.invoke(request));
        }
    }

    @Test
    void what_is_changed_in_a_copy_is_all_that_differs() {
        SandboxRequest request = full();
        SandboxRequest open = request.toBuilder().network(NetworkPolicy.open()).build();
        assertThat(open.network()).isEqualTo(NetworkPolicy.open());
        assertThat(open.limits()).isEqualTo(request.limits());
        assertThat(request.network()).isEqualTo(NetworkPolicy.none());
    }
}
