namespace Candeia.Gpu;

/// <summary>The functions of cuBLASLt that are called, where it is installed.</summary>
internal sealed unsafe class CublasLtApi(Func<string, nint> at)
{
    public readonly delegate* unmanaged<nint*, int> Create = (delegate* unmanaged<nint*, int>)at("cublasLtCreate");
    public readonly delegate* unmanaged<nint*, int, int, int> CreateProduct = (delegate* unmanaged<nint*, int, int, int>)at("cublasLtMatmulDescCreate");
    public readonly delegate* unmanaged<nint, int, void*, nuint, int> SetProduct = (delegate* unmanaged<nint, int, void*, nuint, int>)at("cublasLtMatmulDescSetAttribute");
    public readonly delegate* unmanaged<nint, int> DestroyProduct = (delegate* unmanaged<nint, int>)at("cublasLtMatmulDescDestroy");
    public readonly delegate* unmanaged<nint*, int, ulong, ulong, long, int> CreateMatrix = (delegate* unmanaged<nint*, int, ulong, ulong, long, int>)at("cublasLtMatrixLayoutCreate");
    public readonly delegate* unmanaged<nint, int, void*, nuint, int> SetMatrix = (delegate* unmanaged<nint, int, void*, nuint, int>)at("cublasLtMatrixLayoutSetAttribute");
    public readonly delegate* unmanaged<nint, int> DestroyMatrix = (delegate* unmanaged<nint, int>)at("cublasLtMatrixLayoutDestroy");
    public readonly delegate* unmanaged<nint*, int> CreateWish = (delegate* unmanaged<nint*, int>)at("cublasLtMatmulPreferenceCreate");
    public readonly delegate* unmanaged<nint, int, void*, nuint, int> SetWish = (delegate* unmanaged<nint, int, void*, nuint, int>)at("cublasLtMatmulPreferenceSetAttribute");
    public readonly delegate* unmanaged<nint, int> DestroyWish = (delegate* unmanaged<nint, int>)at("cublasLtMatmulPreferenceDestroy");

    public readonly delegate* unmanaged<nint, nint, nint, nint, nint, nint, nint, int, CublasLtWay*, int*, int> Choose =
        (delegate* unmanaged<nint, nint, nint, nint, nint, nint, nint, int, CublasLtWay*, int*, int>)at("cublasLtMatmulAlgoGetHeuristic");

    public readonly delegate* unmanaged<nint, nint, void*, nint, nint, nint, nint, void*, nint, nint, nint, nint, CublasLtWay*, nint, nuint, nint, int> Run =
        (delegate* unmanaged<nint, nint, void*, nint, nint, nint, nint, void*, nint, nint, nint, nint, CublasLtWay*, nint, nuint, nint, int>)at("cublasLtMatmul");
}

/// <summary>A way to compute a product that cuBLASLt proposes (cublasLtMatmulHeuristicResult_t); it begins with the 64 bytes that name it.</summary>
internal unsafe struct CublasLtWay
{
    public fixed ulong Name[8];
    public nuint Workspace;
    public int State;
    public float Waves;
    public fixed int Reserved[4];
}
