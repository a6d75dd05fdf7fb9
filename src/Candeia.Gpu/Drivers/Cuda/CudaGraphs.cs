namespace Candeia.Gpu;

/// <summary>
/// Launches as graphs of CUDA: a chain of nodes, each behind the one before. A call of a library is captured by itself, as a graph within the graph. What cannot be made is not made, and its
/// launches go one by one.
/// </summary>
internal sealed unsafe class CudaGraphs(CudaGraphApi api, nint stream, Action<Launched> run, Action<int, string> check) : IWhole
{
    const int OfThread = 1;                                                  // whatever other threads ask of the driver meanwhile is no part of a capture, and allowed

    readonly Dictionary<nint, (nint Graph, nint[] Nodes)> _made = [];

    /// <inheritdoc/>
    public void Run(Launched launch) => run(launch);

    /// <inheritdoc/>
    public nint Make(Launched[] launches)
    {
        nint graph, instance = 0, before = 0;
        if (api.Create(&graph, 0) != 0) return 0;
        nint[] nodes = new nint[launches.Length];
        for (int i = 0; i < nodes.Length; i++)
        {
            if ((launches[i].Kernel.Value < 0 ? AddCaptured(graph, before, launches[i], out nodes[i]) : AddKernel(graph, before, launches[i], out nodes[i])) != 0)
            {
                _ = api.Destroy(graph);
                return 0;
            }
            before = nodes[i];
        }
        if (api.Instantiate(&instance, graph, 0) != 0)
        {
            _ = api.Destroy(graph);
            return 0;
        }
        _made[instance] = (graph, nodes);
        return instance;
    }

    int AddKernel(nint graph, nint before, Launched launch, out nint node)
    {
        nint made = 0;
        void** values = stackalloc void*[launch.Arguments.Places.Length];
        fixed (byte* data = launch.Arguments.Data)
        {
            var description = Describe(launch, data, values);
            int error = api.AddKernel(&made, graph, &before, before == 0 ? 0u : 1, &description);
            node = made;
            return error;
        }
    }

    int AddCaptured(nint graph, nint before, Launched launch, out nint node)
    {
        nint captured = 0, made = 0;
        node = 0;
        if (api.BeginCapture(stream, OfThread) is not 0 and var refused) return refused;
        int error = 0;
        try
        {
            run(launch);
        }
        catch (GpuException)
        {
            error = 1;
        }
        error |= api.EndCapture(stream, &captured);
        if (error == 0) error = api.AddGraph(&made, graph, &before, before == 0 ? 0u : 1, captured);
        if (captured != 0) _ = api.Destroy(captured);
        node = made;
        return error;
    }

    static CudaNode Describe(Launched launch, byte* data, void** values)
    {
        var places = launch.Arguments.Places;
        for (int i = 0; i < places.Length; i++) values[i] = data + places[i].At;
        return new() { Function = launch.Kernel.Value, GroupsX = checked((uint)launch.Groups), GroupsY = 1, GroupsZ = 1, ThreadsX = (uint)launch.Threads, ThreadsY = 1, ThreadsZ = 1, Values = values };
    }

    /// <inheritdoc/>
    public bool Change(nint whole, int index, Launched launch)
    {
        void** values = stackalloc void*[launch.Arguments.Places.Length];
        fixed (byte* data = launch.Arguments.Data)
        {
            var description = Describe(launch, data, values);
            return api.SetKernel(whole, _made[whole].Nodes[index], &description) == 0;
        }
    }

    /// <inheritdoc/>
    public void RunWhole(nint whole) => check(api.Launch(whole, stream), "run a graph of kernels");

    /// <inheritdoc/>
    public void Drop(nint whole)
    {
        _ = api.WaitForStream(stream);                                       // the device may still be at it
        _ = api.DestroyInstance(whole);
        if (_made.Remove(whole, out var made)) _ = api.Destroy(made.Graph);
    }
}
