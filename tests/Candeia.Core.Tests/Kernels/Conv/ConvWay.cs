namespace Candeia.Tests;

/// <summary>Which kernels compute a convolution.</summary>
enum ConvWay
{
    Direct,
    Winograd,

    /// <summary>Winograd, with the gradients of all tiles at once.</summary>
    WinogradDeep,
}
