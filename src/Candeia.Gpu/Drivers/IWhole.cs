namespace Candeia.Gpu;

/// <summary>What runs many launches as one.</summary>
internal interface IWhole
{
    /// <summary>Runs a launch by itself.</summary>
    void Run(Launched launch);

    /// <summary>Makes a whole of launches, which have all been run before; 0 where that is not possible.</summary>
    nint Make(Launched[] launches);

    /// <summary>Gives a launch of a whole other arguments; false where that is not possible.</summary>
    bool Change(nint whole, int index, Launched launch);

    /// <summary>Runs a whole.</summary>
    void RunWhole(nint whole);

    /// <summary>Gives a whole back, when the device is done with it.</summary>
    void Drop(nint whole);
}
