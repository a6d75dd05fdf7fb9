namespace Candeia.Gpu;

/// <summary>The functions of NVIDIA's driver that make graphs of launches and run them: those of CUDA 12 and later.</summary>
internal sealed unsafe class CudaGraphApi(Func<string, nint> at)
{
    public readonly delegate* unmanaged<nint*, uint, int> Create = (delegate* unmanaged<nint*, uint, int>)at("cuGraphCreate");
    public readonly delegate* unmanaged<nint, int> Destroy = (delegate* unmanaged<nint, int>)at("cuGraphDestroy");
    public readonly delegate* unmanaged<nint*, nint, nint*, nuint, CudaNode*, int> AddKernel = (delegate* unmanaged<nint*, nint, nint*, nuint, CudaNode*, int>)at("cuGraphAddKernelNode_v2");
    public readonly delegate* unmanaged<nint*, nint, nint*, nuint, nint, int> AddGraph = (delegate* unmanaged<nint*, nint, nint*, nuint, nint, int>)at("cuGraphAddChildGraphNode");
    public readonly delegate* unmanaged<nint*, nint, ulong, int> Instantiate = (delegate* unmanaged<nint*, nint, ulong, int>)at("cuGraphInstantiateWithFlags");
    public readonly delegate* unmanaged<nint, nint, CudaNode*, int> SetKernel = (delegate* unmanaged<nint, nint, CudaNode*, int>)at("cuGraphExecKernelNodeSetParams_v2");
    public readonly delegate* unmanaged<nint, nint, int> Launch = (delegate* unmanaged<nint, nint, int>)at("cuGraphLaunch");
    public readonly delegate* unmanaged<nint, int> DestroyInstance = (delegate* unmanaged<nint, int>)at("cuGraphExecDestroy");
    public readonly delegate* unmanaged<nint, int, int> BeginCapture = (delegate* unmanaged<nint, int, int>)at("cuStreamBeginCapture_v2");
    public readonly delegate* unmanaged<nint, nint*, int> EndCapture = (delegate* unmanaged<nint, nint*, int>)at("cuStreamEndCapture");
    public readonly delegate* unmanaged<nint, int> WaitForStream = (delegate* unmanaged<nint, int>)at("cuStreamSynchronize");
}

/// <summary>What a graph is told of a kernel (CUDA_KERNEL_NODE_PARAMS_v2).</summary>
internal unsafe struct CudaNode
{
    public nint Function;
    public uint GroupsX, GroupsY, GroupsZ, ThreadsX, ThreadsY, ThreadsZ, SharedBytes;
    public void** Values;
    public void** Extra;
    public nint Kernel, Context;
}
