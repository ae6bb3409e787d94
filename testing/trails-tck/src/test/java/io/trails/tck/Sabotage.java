package io.trails.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;

/** Runs the tests of a contract that carry one rule, against a saboteur of that rule. */
final class Sabotage {
    private static final String PARAMETER = "trails.saboteur";

    /** So many saboteurs are at work at the same time: what they do wrong is mostly waited for. */
    private static final int AT_ONCE = 4;

    private static final long LONGEST_MINUTES = 5;

    private Sabotage() {}

    /** The saboteur that the running contract is to meet. */
    static <S extends Enum<S>> S current(ExtensionContext context, Class<S> type) {
        return Enum.valueOf(type, context.getConfigurationParameter(PARAMETER).orElseThrow());
    }

    /** A test for each saboteur, which all begin now. */
    static <S extends Enum<S> & Saboteur<?>> List<DynamicTest> attempts(Class<?> contract, Collection<S> saboteurs) {
        ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE, work -> {
            var thread = new Thread(work, "trails-tck-saboteur");
            thread.setDaemon(true);
            return thread;
        });
        List<DynamicTest> tests = new ArrayList<>();
        for (S saboteur : saboteurs) {
            Future<?> attempt = threads.submit(() -> assertCaught(contract, saboteur));
            tests.add(DynamicTest.dynamicTest(saboteur.name(), () -> await(attempt)));
        }
        threads.shutdown();
        return tests;
    }

    private static void await(Future<?> attempt) throws Exception {
        try {
            attempt.get(LONGEST_MINUTES, TimeUnit.MINUTES);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof AssertionError uncaught) throw uncaught;
            throw e;
        }
    }

    private static <S extends Enum<S> & Saboteur<?>> void assertCaught(Class<?> contract, S saboteur) {
        Events tests = EngineTestKit.engine("junit-jupiter")
                .configurationParameter(PARAMETER, saboteur.name())
                .configurationParameter("junit.jupiter.execution.parallel.enabled", "true")
                .configurationParameter("junit.jupiter.execution.parallel.mode.default", "concurrent")
                .selectors(testsOf(contract, saboteur.rule()))
                .execute()
                .testEvents();
        assertThat(tests.started().count()).as("tests of %s", saboteur.rule()).isPositive();
        assertThat(tests.failed().count())
                .as("tests of %s that fail against saboteur %s", saboteur.rule(), saboteur)
                .isPositive();
    }

    private static DiscoverySelector[] testsOf(Class<?> contract, String rule) {
        List<DiscoverySelector> selectors = new ArrayList<>();
        for (Method method : testMethods(contract)) {
            if (List.of(method.getAnnotation(Rule.class).value()).contains(rule)) {
                selectors.add(selectMethod(contract, method));
            }
        }
        return selectors.toArray(new DiscoverySelector[0]);
    }

    /** Every rule that a test of the contract carries. */
    static Set<String> rulesOf(Class<?> contract) {
        var rules = new TreeSet<String>();
        for (Method method : testMethods(contract))
            rules.addAll(List.of(method.getAnnotation(Rule.class).value()));
        return rules;
    }

    private static List<Method> testMethods(Class<?> contract) {
        List<Method> methods = new ArrayList<>();
        for (Class<?> type = contract; type != null; type = type.getSuperclass()) {
            Arrays.stream(type.getDeclaredMethods())
                    .filter(method -> method.isAnnotationPresent(Rule.class))
                    .forEach(methods::add);
        }
        return methods;
    }

    static Set<String> rulesOf(Saboteur<?>[] saboteurs) {
        var rules = new TreeSet<String>();
        for (Saboteur<?> saboteur : saboteurs) rules.add(saboteur.rule());
        return rules;
    }

    /** The rules {@code first-01} to {@code first-count}. */
    static Set<String> numbered(String letter, int count) {
        var rules = new TreeSet<String>();
        for (int i = 1; i <= count; i++) rules.add(letter + (i < 10 ? "-0" : "-") + i);
        return rules;
    }
}
