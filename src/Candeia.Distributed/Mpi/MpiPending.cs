using System.Runtime.InteropServices;

namespace Candeia.Distributed;

/// <summary>A request of MPI, and the array that it works on, which stays where it is until it has ended.</summary>
internal sealed class MpiPending : IPending
{
    readonly MpiAbi _abi;
    GCHandle _pin;
    bool _ended;

    /// <summary>The handle, which the call that begins sets.</summary>
    public nint Request;

    public MpiPending(Array values, MpiAbi abi) => (_pin, _abi) = (GCHandle.Alloc(values, GCHandleType.Pinned), abi);

    public nint Pointer => _pin.AddrOfPinnedObject();

    public bool IsDone
    {
        get
        {
            if (_ended) return true;
            int flag = 0;
            MpiCalls.Check(MpiCalls.MPI_Test(ref Request, ref flag, _abi.StatusIgnore), "Asking whether it has ended");
            if (flag != 0) End();
            return _ended;
        }
    }

    public void Wait()
    {
        if (_ended) return;
        MpiCalls.Check(MpiCalls.MPI_Wait(ref Request, _abi.StatusIgnore), "Waiting");
        End();
    }

    /// <summary>Gives up what nobody will ever send.</summary>
    public void Cancel()
    {
        if (_ended) return;
        _ = MpiCalls.MPI_Cancel(ref Request);
        Wait();
    }

    void End()
    {
        _ended = true;
        _pin.Free();
    }
}
