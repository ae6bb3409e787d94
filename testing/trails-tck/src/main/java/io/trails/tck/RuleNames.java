package io.trails.tck;

import java.lang.reflect.Method;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGenerator;

/** Shows a test as its rules and its behaviour: {@code W-03 a fresh workspace has no changes}. */
public final class RuleNames extends DisplayNameGenerator.ReplaceUnderscores {
    /** For JUnit. */
    public RuleNames() {}

    @Override
    public String generateDisplayNameForMethod(List<Class<?>> enclosing, Class<?> type, Method method) {
        String name = super.generateDisplayNameForMethod(enclosing, type, method);
        Rule rule = method.getAnnotation(Rule.class);
        return rule == null ? name : String.join(", ", rule.value()) + " " + name;
    }
}
