namespace Candeia.Gpu;

/// <summary>The functions of cuDNN that are called, where it is installed. Those of the three kinds of convolution have the same parameters: two operands, the convolution, and the result.</summary>
internal sealed unsafe class CudnnApi(Func<string, nint> at)
{
    public readonly delegate* unmanaged<nint*, int> Create = (delegate* unmanaged<nint*, int>)at("cudnnCreate");
    public readonly delegate* unmanaged<nint, nint, int> SetStream = (delegate* unmanaged<nint, nint, int>)at("cudnnSetStream");
    public readonly delegate* unmanaged<nint*, int> CreateTensor = (delegate* unmanaged<nint*, int>)at("cudnnCreateTensorDescriptor");

    public readonly delegate* unmanaged<nint, int, int, int, int, int, int, int, int, int, int> SetTensor =
        (delegate* unmanaged<nint, int, int, int, int, int, int, int, int, int, int>)at("cudnnSetTensor4dDescriptorEx");

    public readonly delegate* unmanaged<nint, int> DestroyTensor = (delegate* unmanaged<nint, int>)at("cudnnDestroyTensorDescriptor");
    public readonly delegate* unmanaged<nint*, int> CreateWindow = (delegate* unmanaged<nint*, int>)at("cudnnCreateFilterDescriptor");
    public readonly delegate* unmanaged<nint, int, int, int, int, int, int, int> SetWindow = (delegate* unmanaged<nint, int, int, int, int, int, int, int>)at("cudnnSetFilter4dDescriptor");
    public readonly delegate* unmanaged<nint, int> DestroyWindow = (delegate* unmanaged<nint, int>)at("cudnnDestroyFilterDescriptor");
    public readonly delegate* unmanaged<nint*, int> CreateConvolution = (delegate* unmanaged<nint*, int>)at("cudnnCreateConvolutionDescriptor");

    public readonly delegate* unmanaged<nint, int, int, int, int, int, int, int, int, int> SetConvolution =
        (delegate* unmanaged<nint, int, int, int, int, int, int, int, int, int>)at("cudnnSetConvolution2dDescriptor");

    public readonly delegate* unmanaged<nint, int, int> SetMath = (delegate* unmanaged<nint, int, int>)at("cudnnSetConvolutionMathType");
    public readonly delegate* unmanaged<nint, int, int> SetGroups = (delegate* unmanaged<nint, int, int>)at("cudnnSetConvolutionGroupCount");
    public readonly delegate* unmanaged<nint, int> DestroyConvolution = (delegate* unmanaged<nint, int>)at("cudnnDestroyConvolutionDescriptor");

    readonly delegate* unmanaged<nint, nint, nint, nint, nint, int, int*, CudnnWay*, int>[] _choose =
    [
        (delegate* unmanaged<nint, nint, nint, nint, nint, int, int*, CudnnWay*, int>)at("cudnnGetConvolutionForwardAlgorithm_v7"),
        (delegate* unmanaged<nint, nint, nint, nint, nint, int, int*, CudnnWay*, int>)at("cudnnGetConvolutionBackwardDataAlgorithm_v7"),
        (delegate* unmanaged<nint, nint, nint, nint, nint, int, int*, CudnnWay*, int>)at("cudnnGetConvolutionBackwardFilterAlgorithm_v7"),
    ];

    readonly delegate* unmanaged<nint, void*, nint, nint, nint, nint, nint, int, nint, nuint, void*, nint, nint, int>[] _run =
    [
        (delegate* unmanaged<nint, void*, nint, nint, nint, nint, nint, int, nint, nuint, void*, nint, nint, int>)at("cudnnConvolutionForward"),
        (delegate* unmanaged<nint, void*, nint, nint, nint, nint, nint, int, nint, nuint, void*, nint, nint, int>)at("cudnnConvolutionBackwardData"),
        (delegate* unmanaged<nint, void*, nint, nint, nint, nint, nint, int, nint, nuint, void*, nint, nint, int>)at("cudnnConvolutionBackwardFilter"),
    ];

    /// <summary>What the library proposes for a kind.</summary>
    public delegate* unmanaged<nint, nint, nint, nint, nint, int, int*, CudnnWay*, int> Choose(ConvolutionKind kind) => _choose[(int)kind];

    /// <summary>What computes a kind.</summary>
    public delegate* unmanaged<nint, void*, nint, nint, nint, nint, nint, int, nint, nuint, void*, nint, nint, int> Run(ConvolutionKind kind) => _run[(int)kind];
}

/// <summary>A way to compute a convolution that cuDNN proposes (cudnnConvolutionFwdAlgoPerf_t and its like for the gradients).</summary>
internal unsafe struct CudnnWay
{
    public int Way, Error;
    public float Time;
    public nuint Workspace;
    public int IsFixed, Math;
    public fixed int Reserved[3];
}
