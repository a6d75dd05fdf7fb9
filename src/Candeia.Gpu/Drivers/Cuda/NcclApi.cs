namespace Candeia.Gpu;

/// <summary>The functions of NCCL that are called, where it is installed.</summary>
internal sealed unsafe class NcclApi(Func<string, nint> at)
{
    public readonly delegate* unmanaged<NcclId*, int> GetId = (delegate* unmanaged<NcclId*, int>)at("ncclGetUniqueId");
    public readonly delegate* unmanaged<nint*, int, NcclId, int, int> Begin = (delegate* unmanaged<nint*, int, NcclId, int, int>)at("ncclCommInitRank");
    public readonly delegate* unmanaged<nint, int> End = (delegate* unmanaged<nint, int>)at("ncclCommDestroy");
    public readonly delegate* unmanaged<int> BeginGroup = (delegate* unmanaged<int>)at("ncclGroupStart");
    public readonly delegate* unmanaged<int> EndGroup = (delegate* unmanaged<int>)at("ncclGroupEnd");

    public readonly delegate* unmanaged<nint, nuint, int, int, nint, nint, int> Send = (delegate* unmanaged<nint, nuint, int, int, nint, nint, int>)at("ncclSend");
    public readonly delegate* unmanaged<nint, nuint, int, int, nint, nint, int> Receive = (delegate* unmanaged<nint, nuint, int, int, nint, nint, int>)at("ncclRecv");
    public readonly delegate* unmanaged<nint, nint, nuint, int, nint, nint, int> AllGather = (delegate* unmanaged<nint, nint, nuint, int, nint, nint, int>)at("ncclAllGather");
}

/// <summary>By what the members of a group find each other (ncclUniqueId).</summary>
internal unsafe struct NcclId
{
    public const int Bytes = 128;

    public fixed byte Data[Bytes];
}
