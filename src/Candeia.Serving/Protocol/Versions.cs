namespace Candeia.Serving;

/// <summary>A model that is served has one version.</summary>
static class Versions
{
    public const string Only = "1";
}
