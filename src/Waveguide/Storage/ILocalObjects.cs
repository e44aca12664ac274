namespace Waveguide.Storage;

/// <summary>A store whose objects are files of this machine, so that nothing need be fetched to be read.</summary>
internal interface ILocalObjects
{
    /// <exception cref="ArgumentException">There can be no object under this key.</exception>
    string PathOf(string key);
}
