package io.trails.it;

import io.trails.spi.Sandbox;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/** A sandbox with a step after whatever is run, started or ended in it. */
record CrashingSandbox(Sandbox real, CrashSteps steps) implements InvocationHandler {
    static Sandbox of(Sandbox real, CrashSteps steps) {
        return (Sandbox) Proxy.newProxyInstance(
                Sandbox.class.getClassLoader(), new Class<?>[] {Sandbox.class}, new CrashingSandbox(real, steps));
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
        return switch (method.getName()) {
            case "equals" ->
                arguments[0] instanceof Sandbox
                        && Proxy.isProxyClass(arguments[0].getClass())
                        && Proxy.getInvocationHandler(arguments[0]) instanceof CrashingSandbox other
                        && real.equals(other.real);
            case "hashCode" -> real.hashCode();
            case "shared" -> of((Sandbox) call(method, arguments), steps);
            case "exec", "start", "inside", "end" -> {
                Object result = call(method, arguments);
                steps.reach();
                yield result;
            }
            default -> call(method, arguments);
        };
    }

    private Object call(Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(real, arguments);
        } catch (InvocationTargetException failed) {
            throw failed.getCause();
        }
    }
}
