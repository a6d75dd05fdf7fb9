using System.Collections.Concurrent;
using System.Diagnostics.Tracing;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Candeia.Tests;

/// <summary>What the JIT refused to inline into the loops of kernels, from the first test on.</summary>
sealed class InliningFailures : EventListener
{
    const EventKeywords JitTracing = (EventKeywords)0x1000;

    static readonly InliningFailures s_all = new();
    readonly ConcurrentQueue<string> _failures = new();
    readonly HashSet<string> _loops = [.. Loops().Select(m => $"{m.DeclaringType!.FullName}.{m.Name}")];
    int _seen;

    /// <summary>One line each; waits until the events of what was compiled so far have come.</summary>
    public static string[] Settle()
    {
        for (int before = -1; before != s_all._seen; Thread.Sleep(500)) before = s_all._seen;
        Assert.True(s_all._seen > 0, "The runtime says nothing about inlining.");
        return [.. s_all._failures.Distinct()];
    }

#pragma warning disable CA2255 // the listener must be there before the first kernel is compiled
    [ModuleInitializer]
    internal static void Start() => RuntimeHelpers.RunClassConstructor(typeof(InliningFailures).TypeHandle);
#pragma warning restore CA2255

    protected override void OnEventSourceCreated(EventSource source)
    {
        if (source.Name == "Microsoft-Windows-DotNETRuntime") EnableEvents(source, EventLevel.Verbose, JitTracing);
    }

    protected override void OnEventWritten(EventWrittenEventArgs e)
    {
        if (e.EventName is not ("MethodJitInliningFailed" or "MethodJitInliningFailedAnsi") || _loops is null) return;
        Interlocked.Increment(ref _seen);
        string Get(string name) => e.PayloadNames!.IndexOf(name) is var i and >= 0 ? $"{e.Payload![i]}" : "";
        string compiled = $"{Bare(Get("MethodBeingCompiledNamespace"))}.{Get("MethodBeingCompiledName")}";
        if (_loops.Contains(compiled) && !Get("MethodBeingCompiledNamespace").Contains("Candeia.Tests", StringComparison.Ordinal) && Get("FailReason") != "does not return")
            _failures.Enqueue($"{Get("MethodBeingCompiledNamespace")}.{Get("MethodBeingCompiledName")}: {Get("InlineeNamespace")}.{Get("InlineeName")} into {Get("InlinerName")}: {Get("FailReason")}");
    }

    static string Bare(string type) => type.IndexOf('[', StringComparison.Ordinal) is var i and >= 0 ? type[..i] : type;

    /// <summary>The methods of kernels that are compiled once, with everything in them.</summary>
    public static IEnumerable<MethodInfo> Loops() =>
        from type in typeof(Candeia.Kernels.Simd).Assembly.GetTypes()
        where type.Namespace == "Candeia.Kernels"
        from method in type.GetMethods(BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
        where method.MethodImplementationFlags.HasFlag(MethodImplAttributes.AggressiveOptimization)
        select method;
}
