package io.trails.it;

import io.trails.spi.Provider;
import io.trails.spi.Sandbox;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/**
 * Another provider under another name, with a step before it plans, and before and after it creates or removes. What it does
 * with a sandbox that it is given are steps as well.
 */
record CrashingProvider(Provider real, String id, CrashSteps steps) implements InvocationHandler {
    /** A provider of the same axis as the real one. */
    static Provider of(Provider real, String id, CrashSteps steps) {
        return (Provider) Proxy.newProxyInstance(
                Provider.class.getClassLoader(),
                real.getClass().getInterfaces(),
                new CrashingProvider(real, id, steps));
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
        return switch (method.getName()) {
            case "id", "toString" -> id;
            case "equals" -> proxy == arguments[0];
            case "plan" -> {
                steps.reach();
                yield call(method, arguments);
            }
            case "create", "remove" -> {
                steps.reach();
                Object result = call(method, arguments);
                steps.reach();
                yield result;
            }
            default -> call(method, arguments);
        };
    }

    private Object call(Method method, Object[] arguments) throws Throwable {
        for (int i = 0; arguments != null && i < arguments.length; i++) {
            if (arguments[i] instanceof Sandbox sandbox) arguments[i] = CrashingSandbox.of(sandbox, steps);
        }
        try {
            return method.invoke(real, arguments);
        } catch (InvocationTargetException failed) {
            throw failed.getCause();
        }
    }
}
