namespace Candeia.Gpu;

/// <summary>What is known of a device before it is opened.</summary>
/// <param name="Name">Its name, for <see cref="Device.Named"/>.</param>
/// <param name="Description">What its makers call it.</param>
/// <param name="Memory">The bytes that it has.</param>
/// <param name="HasDouble">Whether it computes with float64.</param>
public sealed record GpuInfo(string Name, string Description, long Memory, bool HasDouble)
{
    /// <summary>Whether it is a processor, of which a driver has made a device, and no graphics processor.</summary>
    public bool IsProcessor { get; init; }
}
