using System.Runtime.InteropServices;

namespace Candeia.Distributed;

/// <summary>A request of MPI, and the arrays that it works on, which stay where they are until it has ended.</summary>
internal sealed class MpiPending : IPending
{
    readonly MpiAbi _abi;
    readonly GCHandle[] _pins;
    bool _ended;

    /// <summary>The handle, which the call that begins sets.</summary>
    public nint Request;

    public MpiPending(MpiAbi abi, params Array[] values) => (_abi, _pins) = (abi, Array.ConvertAll(values, v => GCHandle.Alloc(v, GCHandleType.Pinned)));

    /// <summary>Where the first of the arrays is.</summary>
    public nint Pointer => PointerTo(0);

    public nint PointerTo(int array) => _pins[array].AddrOfPinnedObject();

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

    public void Rest() => CLibrary.Rest();

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
        for (int i = 0; i < _pins.Length; i++) _pins[i].Free();
    }
}
