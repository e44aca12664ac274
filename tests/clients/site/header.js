// The menu of every page.
document.write(`
  <header>
    <nav aria-label="Main">
      <ul>
        <li><a href="/" id="menu-home">Home</a></li>
        <li><a href="/beans.html" id="menu-beans">Beans</a>
          <ul>
            <li><a href="/beans.html?roast=dark" id="menu-dark">Dark</a>
              <ul>
                <li><a href="/beans.html?roast=dark&amp;origin=S%C3%A3o+Tom%C3%A9" id="menu-sao-tome">São Tomé</a></li>
              </ul>
            </li>
            <li><a href="/beans.html?roast=light">Light</a></li>
          </ul>
        </li>
        <li><a href="/contact.html" id="menu-contact" data-place="header">Contact</a></li>
      </ul>
    </nav>
  </header>`);
