using System.Runtime.InteropServices;

namespace Candeia.Gpu.Tests;

/// <summary>CUDA's graphs as functions of this process: what they are made of is looked at, and what a graph holds is run node by node.</summary>
static unsafe class FakeGraphs
{
    const int InvalidValue = 1, IllegalState = 401;

    sealed record Node(nint Function, uint Groups, uint Threads, Arguments? Arguments, Action[] Calls);

    static readonly Dictionary<nint, List<nint>> s_graphs = [];
    static readonly Dictionary<nint, Node> s_nodes = [];
    static readonly Dictionary<nint, (nint Graph, Dictionary<nint, Node> Nodes)> s_instances = [];
    static nint s_last = 500_000;

    /// <summary>What was asked of libraries since a capture began; null where none is going on.</summary>
    public static List<Action>? Captured { get; private set; }

    /// <summary>How many graphs were run.</summary>
    public static int Launches { get; private set; }

    /// <summary>How many nodes of graphs were given other arguments.</summary>
    public static int Changes { get; private set; }

    /// <summary>Graphs and instances that were not given back.</summary>
    public static int Kept => s_graphs.Count + s_instances.Count;

    /// <summary>Counts from zero.</summary>
    public static void Forget() => (Launches, Changes, Captured) = (0, 0, null);

    public static CudaGraphApi Api() => new(name => s_functions[name]);

    [UnmanagedCallersOnly]
    static int Create(nint* graph, uint flags)
    {
        if (FakeCuda.Fails("cuGraphCreate", out int error)) return error;
        s_graphs[*graph = ++s_last] = [];
        return flags == 0 ? 0 : InvalidValue;
    }

    [UnmanagedCallersOnly] static int Destroy(nint graph) => s_graphs.Remove(graph) ? 0 : InvalidValue;

    // Each node comes behind the last one.
    static int Add(nint* made, nint graph, nint* before, nuint count, Node node)
    {
        if (!s_graphs.TryGetValue(graph, out var nodes) || (nodes.Count == 0 ? count != 0 : count != 1 || *before != nodes[^1])) return InvalidValue;
        s_nodes[*made = ++s_last] = node;
        nodes.Add(*made);
        return 0;
    }

    static bool IsWrong(CudaNode* node) => node->GroupsX == 0 || node->GroupsY != 1 || node->GroupsZ != 1 || node->ThreadsX is 0 or > 1024 || node->ThreadsY != 1 || node->ThreadsZ != 1
        || node->SharedBytes != 0 || node->Extra != null || node->Kernel != 0 || node->Context != 0;

    static Node Of(CudaNode* node) => new(node->Function, node->GroupsX, node->ThreadsX, FakeCuda.Copy(node->Function, node->Values), []);

    [UnmanagedCallersOnly]
    static int AddKernel(nint* made, nint graph, nint* before, nuint count, CudaNode* node) =>
        FakeCuda.Fails("cuGraphAddKernelNode_v2", out int error) ? error : IsWrong(node) ? InvalidValue : Add(made, graph, before, count, Of(node));

    [UnmanagedCallersOnly]
    static int AddGraph(nint* made, nint graph, nint* before, nuint count, nint child) => FakeCuda.Fails("cuGraphAddChildGraphNode", out int error) ? error
        : s_graphs.TryGetValue(child, out var nodes) ? Add(made, graph, before, count, new(0, 0, 0, null, [.. nodes.SelectMany(node => s_nodes[node].Calls)])) : InvalidValue;

    [UnmanagedCallersOnly]
    static int Instantiate(nint* instance, nint graph, ulong flags)
    {
        if (FakeCuda.Fails("cuGraphInstantiateWithFlags", out int error)) return error;
        if (flags != 0) return InvalidValue;
        s_instances[*instance = ++s_last] = (graph, s_graphs[graph].ToDictionary(node => node, node => s_nodes[node]));
        return 0;
    }

    [UnmanagedCallersOnly] static int DestroyInstance(nint instance) => s_instances.Remove(instance) ? 0 : InvalidValue;

    [UnmanagedCallersOnly]
    static int SetKernel(nint instance, nint node, CudaNode* description)
    {
        if (FakeCuda.Fails("cuGraphExecKernelNodeSetParams_v2", out int error)) return error;
        if (!s_instances.TryGetValue(instance, out var made) || !s_graphs.ContainsKey(made.Graph) || !made.Nodes.TryGetValue(node, out var old) || old.Function != description->Function || IsWrong(description)) return InvalidValue;
        Changes++;
        if (!FakeCuda.IsIdle) made.Nodes[node] = Of(description);
        return 0;
    }

    [UnmanagedCallersOnly]
    static int Launch(nint instance, nint stream)
    {
        if (FakeCuda.Fails("cuGraphLaunch", out int error)) return error;
        if (stream != FakeCuda.TheStream || !s_instances.TryGetValue(instance, out var made)) return InvalidValue;
        Launches++;
        return FakeCuda.IsIdle ? 0 : FakeCuda.Guarded(() =>
        {
            foreach (nint node in s_graphs[made.Graph])
            {
                var (function, groups, threads, arguments, calls) = made.Nodes[node];
                if (arguments is not null) FakeCuda.Run(function, groups, threads, arguments);
                foreach (var call in calls) call();
            }
        });
    }

    [UnmanagedCallersOnly]
    static int BeginCapture(nint stream, int mode)
    {
        if (FakeCuda.Fails("cuStreamBeginCapture_v2", out int error)) return error;
        if (stream != FakeCuda.TheStream || mode != 1) return InvalidValue;
        Captured = [];
        return 0;
    }

    [UnmanagedCallersOnly]
    static int EndCapture(nint stream, nint* graph)
    {
        if (Captured is not { } calls) return IllegalState;
        Captured = null;
        s_nodes[++s_last] = new(0, 0, 0, null, [.. calls]);
        List<nint> nodes = [s_last];
        s_graphs[*graph = ++s_last] = nodes;
        return FakeCuda.Fails("cuStreamEndCapture", out int error) ? error : 0;
    }

    static readonly Dictionary<string, nint> s_functions = new()
    {
        ["cuGraphCreate"] = (nint)(delegate* unmanaged<nint*, uint, int>)&Create, ["cuGraphDestroy"] = (nint)(delegate* unmanaged<nint, int>)&Destroy,
        ["cuGraphAddKernelNode_v2"] = (nint)(delegate* unmanaged<nint*, nint, nint*, nuint, CudaNode*, int>)&AddKernel,
        ["cuGraphAddChildGraphNode"] = (nint)(delegate* unmanaged<nint*, nint, nint*, nuint, nint, int>)&AddGraph,
        ["cuGraphInstantiateWithFlags"] = (nint)(delegate* unmanaged<nint*, nint, ulong, int>)&Instantiate,
        ["cuGraphExecKernelNodeSetParams_v2"] = (nint)(delegate* unmanaged<nint, nint, CudaNode*, int>)&SetKernel,
        ["cuGraphLaunch"] = (nint)(delegate* unmanaged<nint, nint, int>)&Launch, ["cuGraphExecDestroy"] = (nint)(delegate* unmanaged<nint, int>)&DestroyInstance,
        ["cuStreamBeginCapture_v2"] = (nint)(delegate* unmanaged<nint, int, int>)&BeginCapture, ["cuStreamEndCapture"] = (nint)(delegate* unmanaged<nint, nint*, int>)&EndCapture,
        ["cuStreamSynchronize"] = FakeCuda.WaitAddress,
    };
}
